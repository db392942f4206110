"""Reading exemptions: the list for audits, what waits for a second person, and the days on which one holds."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, or_, select, true
from sqlalchemy.orm import joinedload

from core.clock import today
from core.db import session
from core.errors import NotFound
from core.people.models import Person
from core.people.search import name_contains
from core.web.paging import Page, one_page
from training.auditing.sight import courses_within, people_within
from training.exemptions import policy
from training.exemptions.models import Exemption, ExemptionState

_WHOLE = (
    joinedload(Exemption.person),
    joinedload(Exemption.course),
    joinedload(Exemption.file),
    joinedload(Exemption.asked_by),
    joinedload(Exemption.approved_by),
    joinedload(Exemption.refused_by),
    joinedload(Exemption.revoked_by),
)
OPEN_OR_HOLDING = (ExemptionState.ASKED, ExemptionState.APPROVED)


def last_day(known_at: ColumnElement[datetime] | None = None) -> ColumnElement[date | None]:
    """The last day of an exemption as known now, or at an instant: a revocation has moved it."""
    revoked = Exemption.revoked_at.is_not(None) if known_at is None else Exemption.revoked_at <= known_at
    return case((revoked, Exemption.ends_on), else_=Exemption.valid_to)


def counts(known_at: ColumnElement[datetime] | None = None) -> ColumnElement[bool]:
    """The condition that an exemption was approved, by now or by an instant, and has a day left."""
    approved = Exemption.approved_at.is_not(None) if known_at is None else Exemption.approved_at <= known_at
    end = last_day(known_at)
    return and_(approved, or_(end.is_(None), end >= Exemption.valid_from))


def holds_on(day: date) -> ColumnElement[bool]:
    """The condition that an exemption holds on a day, as known now."""
    end = last_day()
    return and_(counts(), Exemption.valid_from <= day, or_(end.is_(None), end >= day))


def _in_sight(viewer: Person) -> Select[Exemption]:
    query = select(Exemption).options(*_WHOLE)
    own = or_(Exemption.person_id == viewer.id, Exemption.asked_by_id == viewer.id)
    if not policy.sees_all(viewer):
        return query.where(own)
    people, courses = people_within(viewer), courses_within(viewer, on=today("UTC"))
    within = and_(true() if people is None else Exemption.person_id.in_(people), true() if courses is None else Exemption.course_id.in_(courses))
    return query if people is None and courses is None else query.where(or_(own, within))


def get_exemption(exemption_id: UUID, *, viewer: Person) -> Exemption:
    """The exemption with person, course, evidence and everybody who had a say. Raises NotFound."""
    found = session.scalars(_in_sight(viewer).where(Exemption.public_id == exemption_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def exemptions_page(viewer: Person, *, state: ExemptionState | None, words: str, number: int) -> Page[Exemption]:
    """One page of the exemptions the viewer may read, those to decide first, then the latest."""
    query = _in_sight(viewer)
    if state is not None:
        query = query.where(Exemption.state == state)
    if words:
        query = query.join(Person, Person.id == Exemption.person_id).where(name_contains(words))
    return one_page(query.order_by(Exemption.state != ExemptionState.ASKED, Exemption.recorded_at.desc(), Exemption.id.desc()), number=number)


def exemptions_for_export(viewer: Person) -> Sequence[Exemption]:
    """Everything the viewer may read, the oldest first."""
    return session.scalars(_in_sight(viewer).order_by(Exemption.recorded_at, Exemption.id)).all()


def exemptions_of(person: Person) -> Sequence[Exemption]:
    """Every exemption of the person, newest first, with course and whoever had a say."""
    query = select(Exemption).where(Exemption.person_id == person.id).options(*_WHOLE)
    return session.scalars(query.order_by(Exemption.valid_from.desc(), Exemption.id.desc())).all()


def find_overlapping(person: Person, course_id: int, *, since: date, until: date | None) -> Exemption | None:
    """An exemption of the person from the course that is asked for or holds within the days."""
    end = last_day()
    query = select(Exemption).where(
        Exemption.person_id == person.id,
        Exemption.course_id == course_id,
        Exemption.state.in_(OPEN_OR_HOLDING),
        or_(end.is_(None), end >= since),
    )
    if until is not None:
        query = query.where(Exemption.valid_from <= until)
    return session.scalars(query.order_by(Exemption.id).limit(1)).one_or_none()


def has_exemption_to_decide(person: Person) -> ColumnElement[bool]:
    """A condition: whether an exemption waits in which the person may be the second."""
    return exists().where(*_to_decide(person))


def _to_decide(person: Person) -> tuple[ColumnElement[bool], ...]:
    another = or_(Exemption.asked_by_id.is_(None), Exemption.asked_by_id != person.id)
    return (Exemption.state == ExemptionState.ASKED, Exemption.person_id != person.id, another)


def exemptions_to_decide(person: Person) -> Sequence[Exemption]:
    """Exemptions in which the person may be the second, longest waiting first; fifty at most."""
    query = select(Exemption).options(joinedload(Exemption.person), joinedload(Exemption.course)).where(*_to_decide(person))
    return session.scalars(query.order_by(Exemption.recorded_at, Exemption.id).limit(50)).all()
