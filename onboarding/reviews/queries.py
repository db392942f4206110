"""Reading reviews, each person those they are in or oversee."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, String, and_, case, cast, exists, false, func, inspect, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from core.clock import today
from core.db import session
from core.documents.models import IssuedDocument
from core.errors import NotFound
from core.files.models import StoredFile
from core.people.models import Employment, Person
from core.people.rights import Right
from core.people.search import name_contains
from core.web.paging import Page, one_page_of
from onboarding.checklists.models import Checklist, ChecklistState
from onboarding.circle import Circle, circle_of, oversees, reports_to, stands, stands_in_for
from onboarding.moments import Moment
from onboarding.reviews.due import AHEAD, DAYS
from onboarding.reviews.models import (
    UNFINISHED,
    Assessment,
    JobDescription,
    Outcome,
    Probation,
    Review,
    ReviewAction,
    ReviewMove,
    ReviewSignature,
    ReviewState,
    Side,
)

_WHOLE = (
    joinedload(Review.booking),
    joinedload(Review.consented_by),
    joinedload(Review.document),
    selectinload(Review.assessments).options(joinedload(Assessment.sent_by), selectinload(Assessment.amendments)),
    selectinload(Review.actions).joinedload(ReviewAction.owner),
    selectinload(Review.signatures),
)


def get_review(review_id: UUID, *, viewer: Person) -> tuple[Review, Circle]:
    """The review with all that belongs to it, and the circle the viewer stands in. Raises NotFound for who is not in it."""
    query = (
        select(Review)
        .join(Checklist, Checklist.id == Review.checklist_id)
        .join(Person, Person.id == Review.person_id)
        .where(Review.public_id == review_id)
        .options(contains_eager(Review.checklist).contains_eager(Checklist.person), contains_eager(Review.person), *_WHOLE)
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found, circle_of(found.checklist, viewer=viewer)


def hold_review(review: Review) -> None:
    """Lock the review until the transaction ends and read how it stands now, with what both sides have written and signed."""
    columns = [attribute.key for attribute in inspect(Review).column_attrs]
    session.refresh(review, columns, with_for_update=True)
    written = select(Assessment).where(Assessment.review_id == review.id).options(joinedload(Assessment.sent_by), selectinload(Assessment.amendments))
    assessments = session.scalars(written.order_by(Assessment.id)).all()
    for row in assessments:
        session.refresh(row, ["sent_at", "version"])
    signed = select(ReviewSignature).where(ReviewSignature.review_id == review.id).order_by(ReviewSignature.id)
    agreed = select(ReviewAction).where(ReviewAction.review_id == review.id).options(joinedload(ReviewAction.owner))
    set_committed_value(review, "assessments", list(assessments))
    set_committed_value(review, "signatures", list(session.scalars(signed)))
    set_committed_value(review, "actions", list(session.scalars(agreed.order_by(ReviewAction.due_on, ReviewAction.id))))


def reviews_of(checklist: Checklist) -> Sequence[Review]:
    """The reviews of one onboarding by day, with what each side has sent, but not what it says."""
    query = (
        select(Review)
        .where(Review.checklist_id == checklist.id)
        .options(joinedload(Review.booking), selectinload(Review.assessments), selectinload(Review.signatures))
        .order_by(Review.due_on, Review.round, Review.id)
    )
    return session.scalars(query).all()


def find_later(review: Review) -> Review | None:
    """The next review of the same onboarding that is not finished."""
    query = (
        select(Review)
        .where(Review.checklist_id == review.checklist_id, Review.id != review.id, Review.state.in_(UNFINISHED), Review.due_on >= review.due_on)
        .order_by(Review.due_on, Review.id)
        .limit(1)
    )
    return session.scalars(query).one_or_none()


def unfinished_after(review: Review) -> Sequence[Review]:
    """The other reviews of the same onboarding that are not finished."""
    query = select(Review).where(Review.checklist_id == review.checklist_id, Review.id != review.id, Review.state.in_(UNFINISHED))
    return session.scalars(query.options(joinedload(Review.person)).order_by(Review.due_on, Review.id)).all()


def rounds_of(checklist_id: int, moment: Moment) -> int:
    """How many reviews of the moment an onboarding has."""
    query = select(func.count()).select_from(Review).where(Review.checklist_id == checklist_id, Review.moment == moment)
    return session.scalars(query).one()


def history_of(review: Review) -> Sequence[ReviewMove]:
    """The steps of a review, newest first, with who took them."""
    query = select(ReviewMove).where(ReviewMove.review_id == review.id).options(joinedload(ReviewMove.by))
    return session.scalars(query.order_by(ReviewMove.at.desc(), ReviewMove.id.desc())).all()


@dataclass(frozen=True)
class Newcomer:
    """A new hire in the list of those somebody oversees, with the next review."""

    public_id: UUID
    name: str
    starts_on: date
    manager: str | None
    review_id: UUID | None
    moment: Moment | None
    due_on: date | None
    state: ReviewState | None


@dataclass(frozen=True)
class NewcomersFilter:
    """What of the list is asked for."""

    words: str = ""
    overdue: bool = False


def newcomers(viewer: Person, wanted: NewcomersFilter, *, number: int) -> Page[Newcomer]:
    """One page of the new hires the viewer oversees, the most urgent review first, in one statement."""
    on, line, manager, later = today(viewer.time_zone), aliased(Employment), aliased(Person), aliased(Review)
    due_before = or_(later.due_on < Review.due_on, (later.due_on == Review.due_on) & (later.id < Review.id))
    is_later = select(later.id).where(later.checklist_id == Checklist.id, later.state.in_(UNFINISHED), due_before).exists()
    join = (Review.checklist_id == Checklist.id) & Review.state.in_(UNFINISHED) & ~is_later
    query = (
        select(Person.public_id, Person.name, Checklist.starts_on, manager.name, Review.public_id, Review.moment, Review.due_on, Review.state)
        .select_from(Checklist)
        .join(Person, Person.id == Checklist.person_id)
        .outerjoin(line, line.id == _standing_employment(on))
        .outerjoin(manager, manager.id == line.manager_id)
        .outerjoin(Review, join)
        .where(oversees(viewer, Checklist.person_id, on=on), Checklist.state != ChecklistState.CANCELLED)  # type: ignore[arg-type]
        .order_by(Review.due_on.is_(None), Review.due_on, Person.name, Checklist.id)
    )
    if wanted.words:
        query = query.where(name_contains(wanted.words))
    if wanted.overdue:
        query = query.where(Review.due_on < on)
    return one_page_of(Newcomer, query, number=number, size=25)


def _standing_employment(on: date) -> ScalarSelect[int]:
    now = aliased(Employment)
    query = select(now.id).where(now.person_id == Checklist.person_id, stands(now, on)).order_by(now.valid_from, now.id).limit(1)
    return query.correlate(Checklist).scalar_subquery()


def count_overdue(viewer: Person) -> int:
    """How many reviews of those the viewer oversees should be signed already."""
    on = today(viewer.time_zone)
    query = select(func.count()).select_from(Review)
    return session.scalars(query.where(Review.state.in_(UNFINISHED), Review.due_on < on, oversees(viewer, Review.person_id, on=on))).one()  # type: ignore[arg-type]


def finished_reviews(person_ids: Collection[int]) -> dict[tuple[int, Moment], datetime | None]:
    """Of these people (inner keys), the moments of which the reviews of their latest onboarding are signed, and when, in one statement.

    The end of probation is among them where a review of another moment stands for it.
    """
    if not person_ids:
        return {}
    newer = aliased(Checklist)
    is_newer = (newer.person_id == Checklist.person_id) & (newer.starts_on > Checklist.starts_on) & (newer.state != ChecklistState.CANCELLED)
    query = (
        select(Review.person_id, Review.moment, Review.finished_at, _stands_for_probation())
        .join(Checklist, Checklist.id == Review.checklist_id)
        .join(Employment, Employment.id == Checklist.employment_id)
        .outerjoin(Probation, Probation.employment_type == Employment.employment_type)
        .where(Review.person_id.in_(person_ids), Review.state == ReviewState.SIGNED, ~select(newer.id).where(is_newer).exists())
        .order_by(Review.id)
    )
    found: dict[tuple[int, Moment], datetime | None] = {}
    for person_id, moment, at, stands_for_probation in session.execute(query):
        found |= {(person_id, each): at for each in ((moment, Moment.PROBATION) if stands_for_probation else (moment,))}
    return found


def _stands_for_probation() -> ColumnElement[bool]:
    """The condition that no other review looks back on the probation: it ends on the day of this one, or this one confirmed the employment."""
    own = aliased(Review)
    has_own = exists().where(own.checklist_id == Review.checklist_id, own.moment == Moment.PROBATION, own.state != ReviewState.CANCELLED)
    same_day = or_(*(and_(Review.moment == moment, Probation.days == days) for moment, days in DAYS.items()))
    return func.coalesce(and_(or_(same_day, Review.outcome == Outcome.CONFIRM), ~has_own), false())


def get_action(action_id: UUID, *, viewer: Person) -> tuple[ReviewAction, Circle | None]:
    """Something agreed on, with its review, and the circle of the viewer, None for who does it from outside. Raises NotFound for others."""
    query = (
        select(ReviewAction)
        .join(Review, Review.id == ReviewAction.review_id)
        .join(Checklist, Checklist.id == Review.checklist_id)
        .join(Person, Person.id == Review.person_id)
        .where(ReviewAction.public_id == action_id)
        .options(
            contains_eager(ReviewAction.review).options(contains_eager(Review.checklist).contains_eager(Checklist.person), joinedload(Review.person))
        )
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    try:
        circle = circle_of(found.review.checklist, viewer=viewer)
    except NotFound:
        if found.owner_id != viewer.id:
            raise
        return found, None
    if not circle.reads_texts and found.owner_id != viewer.id:
        raise NotFound
    return found, circle


def descriptions_of(person: Person) -> Sequence[JobDescription]:
    """The versions of a person's job description, newest first, with the reviews they come from."""
    query = select(JobDescription).where(JobDescription.person_id == person.id).options(joinedload(JobDescription.review))
    return session.scalars(query.order_by(JobDescription.number.desc())).all()


def find_description_of(person: Person) -> str | None:
    """What the newest version of a person's job description says."""
    query = select(JobDescription.text).where(JobDescription.person_id == person.id).order_by(JobDescription.number.desc()).limit(1)
    return session.scalars(query).one_or_none()


def actions_open_for(person: Person, *, limit: int = 50) -> Sequence[ReviewAction]:
    """What signed reviews agreed on that the person has still to do, by day, with review and new hire."""
    query = (
        select(ReviewAction)
        .join(Review, Review.id == ReviewAction.review_id)
        .where(ReviewAction.owner_id == person.id, ReviewAction.done_at.is_(None), Review.state == ReviewState.SIGNED)
        .options(contains_eager(ReviewAction.review).joinedload(Review.person))
    )
    return session.scalars(query.order_by(ReviewAction.due_on, ReviewAction.id).limit(limit)).all()


@dataclass(frozen=True)
class Turn:
    """A review and how far the person in it has come: whether they lead the new hire, have sent and have signed."""

    review: Review
    leads: bool
    sent: bool
    signed: bool


def reviews_to_act_on(person: Person, *, on: date, limit: int = 50) -> list[Turn]:
    """Unfinished reviews asked for by now that the person is in, as new hire or as manager, and for human resources ends to consent to.

    One statement.
    """
    leads = reports_to(person, Review.person_id, on=on)  # type: ignore[arg-type]
    side = case((Review.person_id == person.id, Side.PERSON.value), else_=Side.MANAGER.value)
    sent = exists().where(Assessment.review_id == Review.id, cast(Assessment.side, String) == side, Assessment.sent_at.is_not(None))
    signed = exists().where(ReviewSignature.review_id == Review.id, cast(ReviewSignature.side, String) == side)
    if person.may(Right.RUN_ONBOARDING):
        leads = or_(leads, stands_in_for(person, Review.person_id, on=on))  # type: ignore[arg-type]
    mine = or_(Review.person_id == person.id, leads)
    if person.may(Right.RUN_ONBOARDING):
        mine = or_(mine, (Review.state == ReviewState.AGREED) & (Review.outcome == Outcome.END) & Review.consented_at.is_(None))
    query = (
        select(Review, leads, sent, signed)
        .where(Review.state.in_(UNFINISHED), Review.due_on <= on + AHEAD, mine)
        .options(joinedload(Review.person))
        .order_by(Review.due_on, Review.id)
        .limit(limit)
    )
    return [Turn(*row) for row in session.execute(query)]


def file_of(document: IssuedDocument) -> StoredFile:
    """The exact bytes of a paper, as a file."""
    return session.get_one(StoredFile, document.file_id)


def around(checklist: Checklist) -> Sequence[Person]:
    """Who else is around a new hire and may be given something to do: the buddy, and human resources' contact, by name."""
    keys = [key for key in (checklist.buddy_id, checklist.hr_id) if key is not None]
    return session.scalars(select(Person).where(Person.id.in_(keys)).order_by(Person.name, Person.id)).all()
