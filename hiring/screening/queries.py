"""Reading for those who screen: the inbox, the board, and one application with its marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ScalarSelect, bindparam, func, literal, or_, select, tuple_
from sqlalchemy.orm import joinedload

from core.db import session
from core.errors import NotFound
from core.people.models import Person
from hiring.applications.models import Application, ApplicationState
from hiring.applications.queries import sees_application
from hiring.postings.models import Criterion, Posting, Stage, StageKind
from hiring.screening.models import ScreeningMark

FIRST_KINDS = (StageKind.NEW, StageKind.SCREENING)
MANY = 200
_CRITERIA_AND_MARKS = (
    select(Criterion, ScreeningMark)
    .outerjoin(ScreeningMark, (ScreeningMark.criterion_id == Criterion.id) & (ScreeningMark.application_id == bindparam("application")))
    .where(Criterion.posting_id == bindparam("posting"))
    .options(joinedload(ScreeningMark.by).load_only(Person.name, raiseload=True))
    .order_by(Criterion.position, Criterion.id, ScreeningMark.marked_at, ScreeningMark.id)
)


def waiting_count(viewer: Person, *, most: int = MANY) -> tuple[int, datetime | None]:
    """How many applications wait for a first look, and since when the oldest does. Counts no further than one over `most`."""
    waiting = (
        select(Application.applied_at)
        .join(Application.posting)
        .join(Application.stage)
        .where(sees_application(viewer), Application.state == ApplicationState.ACTIVE, Stage.kind.in_(FIRST_KINDS))
        .order_by(Application.applied_at, Application.id)
        .limit(most + 1)
        .subquery()
    )
    count, oldest = session.execute(select(func.count(), func.min(waiting.c.applied_at))).one()
    return count, oldest


def key_of_posting(posting: UUID) -> ScalarSelect[int]:
    """The inner key of the posting with this public id: asked for by itself, so that an index's order fits what is sorted."""
    return select(Posting.id).where(Posting.public_id == posting).scalar_subquery()


@dataclass(frozen=True)
class Queue:
    """The list somebody works through: of every posting or of one, oldest first or best match first."""

    posting: UUID | None = None
    by_match: bool = False

    @property
    def arguments(self) -> dict[str, str]:
        """What addresses carry so that it goes on in the same list."""
        asked = {"posting": str(self.posting or ""), "order": "match" if self.by_match else ""}
        return {name: value for name, value in asked.items() if value}


def neighbours(application: Application, viewer: Person, queue: Queue) -> tuple[UUID | None, UUID | None]:
    """The applications that wait for a first look before and after this one. Going on skips what the viewer has marked in full."""
    waiting = (
        select(Application.public_id)
        .join(Application.posting)
        .join(Application.stage)
        .where(sees_application(viewer), Application.state == ApplicationState.ACTIVE, Stage.kind.in_(FIRST_KINDS))
        .limit(1)
    )
    if queue.posting is not None:
        waiting = waiting.where(Application.posting_id == key_of_posting(queue.posting))
    order = Application.match_place if queue.by_match else Application.applied_at
    place = tuple_(order, Application.id)
    here = tuple_(literal(application.match_place if queue.by_match else application.applied_at, order.type), literal(application.id))
    own = select(ScreeningMark.id).where(
        ScreeningMark.application_id == Application.id, ScreeningMark.criterion_id == Criterion.id, ScreeningMark.by_id == viewer.id
    )
    criteria = select(Criterion.id).where(Criterion.posting_id == Application.posting_id).correlate(Application)
    unmarked = criteria.where(~own.correlate(Application, Criterion).exists())
    earlier = session.scalars(waiting.where(place < here).order_by(order.desc(), Application.id.desc())).one_or_none()
    later = session.scalars(waiting.where(place > here, or_(unmarked.exists(), ~criteria.exists())).order_by(order, Application.id)).one_or_none()
    return earlier, later


def criteria_of(posting_key: int) -> Sequence[Criterion]:
    """The posting's criteria in their order."""
    return session.scalars(select(Criterion).where(Criterion.posting_id == posting_key).order_by(Criterion.position, Criterion.id)).all()


def criteria_and_marks_of(application: Application) -> tuple[list[Criterion], list[ScreeningMark]]:
    """The criteria of the application's posting in their order, and every mark it was given with who gave it: one question to the database."""
    rows = session.execute(_CRITERIA_AND_MARKS, {"posting": application.posting_id, "application": application.id}).all()
    return list(dict.fromkeys(criterion for criterion, _mark in rows)), [mark for _criterion, mark in rows if mark is not None]


def get_criterion(criterion_id: UUID) -> Criterion:
    """The criterion with this public id. Raises NotFound."""
    found = session.scalars(select(Criterion).where(Criterion.public_id == criterion_id)).one_or_none()
    if found is None:
        raise NotFound
    return found
