"""Reading mentors, what they can show, and how much they do already."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from core.db import session
from core.errors import NotFound
from core.people.models import Employment, Person
from onboarding.mentors.models import Mentor, MentorAbsence, MentorPlace, MentorSkill
from onboarding.mentors.policy import can_keep
from onboarding.shadowing.models import AHEAD, Session, SessionState
from onboarding.shadowing.queries import sees_session

LOST = (SessionState.CANCELLED, SessionState.NO_SHOW)
_WHOLE = (
    joinedload(Mentor.person),
    selectinload(Mentor.skills).joinedload(MentorSkill.objective),
    selectinload(Mentor.places).joinedload(MentorPlace.location),
    selectinload(Mentor.absences),
)


def get_mentor(mentor_id: UUID, *, viewer: Person) -> Mentor:
    """The mentor with skills, places and days off, for themselves and human resources. Raises NotFound."""
    found = session.scalars(select(Mentor).where(Mentor.public_id == mentor_id).options(*_WHOLE)).one_or_none()
    if found is None or not can_keep(viewer, found.person_id):
        raise NotFound
    return found


def find_mentor(person_id: int) -> Mentor | None:
    """What a person (inner key) has said of themselves as a mentor."""
    return session.scalars(select(Mentor).where(Mentor.person_id == person_id).options(*_WHOLE)).one_or_none()


def mentors(*, on: date) -> Sequence[Mentor]:
    """Every mentor employed on the day, by name, with skills, places and days off."""
    employed = select(Employment.person_id).where(
        Employment.superseded_at.is_(None), Employment.valid_from <= on, or_(Employment.valid_to.is_(None), Employment.valid_to >= on)
    )
    query = select(Mentor).join(Person, Person.id == Mentor.person_id).where(Mentor.person_id.in_(employed))
    return session.scalars(query.options(contains_eager(Mentor.person), *_WHOLE[1:]).order_by(Person.name, Mentor.id)).unique().all()


def sessions_between(mentor_ids: Collection[int], *, starts_at: datetime, ends_at: datetime, besides: Session | None = None) -> dict[int, int]:
    """How many sessions each mentor (inner key of the person) has that begin within the time and were not called off."""
    query = (
        select(Session.mentor_id, func.count(Session.id).label("times"))
        .where(Session.mentor_id.in_(mentor_ids), Session.starts_at >= starts_at, Session.starts_at < ends_at, Session.state.not_in(LOST))
        .group_by(Session.mentor_id)
        .order_by(Session.mentor_id)
    )
    if besides is not None:
        query = query.where(Session.id != besides.id)
    return {row.mentor_id: row.times for row in session.execute(query)}


def starts_between(mentor_id: int, *, starts_at: datetime, ends_at: datetime) -> Sequence[datetime]:
    """When the sessions of one mentor (inner key of the person) begin that were not called off, in order."""
    query = select(Session.starts_at).where(
        Session.mentor_id == mentor_id, Session.starts_at >= starts_at, Session.starts_at < ends_at, Session.state.not_in(LOST)
    )
    return session.scalars(query.order_by(Session.starts_at, Session.id)).all()


@dataclass(frozen=True)
class Post:
    """A stretch of somebody's employment."""

    job_role_id: int
    location_id: int
    valid_from: date
    valid_to: date | None

    def covers(self, day: date) -> bool:
        """Whether it holds on the day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def posts_of(person_ids: Collection[int]) -> dict[int, list[Post]]:
    """The stretches of employment of people (inner keys) that stand, in one statement."""
    query = (
        select(Employment.person_id, Employment.job_role_id, Employment.location_id, Employment.valid_from, Employment.valid_to)
        .where(Employment.person_id.in_(person_ids), Employment.superseded_at.is_(None))
        .order_by(Employment.valid_from, Employment.id)
    )
    found: dict[int, list[Post]] = {}
    for key, job_role_id, location_id, valid_from, valid_to in session.execute(query):
        found.setdefault(key, []).append(Post(job_role_id, location_id, valid_from, valid_to))
    return found


def sessions_at_risk(viewer: Person | None, *, at: datetime, limit: int = 500) -> Sequence[Session]:
    """Sessions ahead that the viewer sees, of mentors who pause, have days off or leave at some time, soonest first."""
    query = (
        select(Session)
        .where(*_at_risk(viewer, at=at))
        .options(joinedload(Session.person), joinedload(Session.mentor), selectinload(Session.days), selectinload(Session.observations))
        .order_by(Session.starts_at, Session.id)
        .limit(limit)
    )
    return session.scalars(query).all()


def has_session_at_risk(viewer: Person, *, at: datetime) -> ColumnElement[bool]:
    """The condition that there is such a session."""
    return exists().where(*_at_risk(viewer, at=at))


def _at_risk(viewer: Person | None, *, at: datetime) -> tuple[ColumnElement[bool], ...]:
    pausing = select(Mentor.person_id).where(Mentor.paused_from.is_not(None))
    absent = select(Mentor.person_id).join(MentorAbsence, MentorAbsence.mentor_id == Mentor.id).where(MentorAbsence.ends_on >= at.date())
    leaving = select(Employment.person_id).where(Employment.superseded_at.is_(None), Employment.valid_to.is_not(None))
    staying = select(Employment.person_id).where(Employment.superseded_at.is_(None), Employment.valid_to.is_(None))
    away = or_(Session.mentor_id.in_(pausing), Session.mentor_id.in_(absent), and_(Session.mentor_id.in_(leaving), Session.mentor_id.not_in(staying)))
    return Session.state.in_(AHEAD), Session.starts_at > at, true() if viewer is None else sees_session(viewer), away


def profiles_of(person_ids: Collection[int]) -> dict[int, Mentor]:
    """What these people (inner keys) have said of themselves as mentors, by inner key of the person."""
    query = select(Mentor).where(Mentor.person_id.in_(person_ids)).options(selectinload(Mentor.absences)).order_by(Mentor.id)
    return {mentor.person_id: mentor for mentor in session.scalars(query)}


def absence_of(mentor: Mentor, absence_id: UUID) -> MentorAbsence:
    """The mentor's days off with this public id. Raises NotFound."""
    found = next((row for row in mentor.absences if row.public_id == absence_id), None)
    if found is None:
        raise NotFound
    return found
