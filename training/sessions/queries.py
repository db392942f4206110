"""Reading sessions and their seats."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from core.db import session
from core.errors import NotFound
from core.people.models import Person
from core.web.paging import Page, one_page
from training.requirements.models import Completion
from training.sessions.models import TAKING_A_SEAT, CourseSession, CourseSessionState, Seat, SeatState

_WHOLE = (joinedload(CourseSession.course), joinedload(CourseSession.trainer), joinedload(CourseSession.booking))
_SEAT = (joinedload(Seat.person), joinedload(Seat.booking), joinedload(Seat.completion).joinedload(Completion.person))


def sessions_ahead(*, at: datetime, number: int) -> Page[CourseSession]:
    """One page of the planned sessions that are not over, the next first, with course and trainer."""
    query = select(CourseSession).where(CourseSession.state == CourseSessionState.PLANNED, CourseSession.ends_at > at)
    return one_page(query.order_by(CourseSession.starts_at, CourseSession.id).options(*_WHOLE[:2]), number=number)


def next_sessions(course_id: int, *, at: datetime, limit: int = 5) -> Sequence[CourseSession]:
    """The next planned sessions of a course (inner key), with course and trainer."""
    query = select(CourseSession).where(
        CourseSession.course_id == course_id, CourseSession.state == CourseSessionState.PLANNED, CourseSession.starts_at > at
    )
    return session.scalars(query.order_by(CourseSession.starts_at, CourseSession.id).limit(limit).options(*_WHOLE[:2])).all()


def sessions_to_settle(keeper: Person, *, at: datetime) -> Sequence[CourseSession]:
    """The sessions the person teaches that are over while nobody has noted who came, the oldest first."""
    query = select(CourseSession).where(
        CourseSession.trainer_id == keeper.id, CourseSession.state == CourseSessionState.PLANNED, CourseSession.ends_at <= at
    )
    return session.scalars(query.order_by(CourseSession.starts_at, CourseSession.id).limit(50).options(*_WHOLE[:2])).all()


def get_session(session_id: UUID) -> CourseSession:
    """The session with its course, trainer and booking. Raises NotFound."""
    found = session.scalars(select(CourseSession).where(CourseSession.public_id == session_id).options(*_WHOLE)).one_or_none()
    if found is None:
        raise NotFound
    return found


def hold_session(taught: CourseSession) -> None:
    """Lock the session's row until the transaction ends and read what it says now: seats are given one at a time."""
    session.refresh(taught, ["state", "capacity", "version"], with_for_update=True)


def seats_of(taught: CourseSession) -> Sequence[Seat]:
    """Everybody who has, had or waits for a seat, in the order they asked."""
    return session.scalars(select(Seat).where(Seat.session_id == taught.id).order_by(Seat.asked_at, Seat.id).options(*_SEAT)).all()


def find_seat(taught: CourseSession, person: Person) -> Seat | None:
    """The person's seat, or turn, in the session."""
    return session.scalars(select(Seat).where(Seat.session_id == taught.id, Seat.person_id == person.id).options(*_SEAT)).one_or_none()


def seats_of_person(person: Person, sessions: Iterable[CourseSession]) -> dict[int, Seat]:
    """The person's seats in the sessions, by inner key of the session."""
    keys = [taught.id for taught in sessions]
    query = select(Seat).where(Seat.person_id == person.id, Seat.session_id.in_(keys)).order_by(Seat.id)
    return {seat.session_id: seat for seat in session.scalars(query)}


def seats_taken(sessions: Iterable[CourseSession]) -> dict[int, int]:
    """How many seats of each session are taken, by its inner key, in one statement."""
    keys = [taught.id for taught in sessions]
    query = select(Seat.session_id, func.count(Seat.id)).where(Seat.session_id.in_(keys), Seat.state.in_(TAKING_A_SEAT))
    taken: dict[int, int] = dict(session.execute(query.group_by(Seat.session_id).order_by(Seat.session_id)).all())
    return {key: taken.get(key, 0) for key in keys}


def waiting_for_seat(taught: CourseSession) -> Sequence[Seat]:
    """The waiting list, who asked first at its head."""
    query = select(Seat).where(Seat.session_id == taught.id, Seat.state == SeatState.WAITING)
    return session.scalars(query.order_by(Seat.asked_at, Seat.id).options(*_SEAT)).all()
