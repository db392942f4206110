"""Reading sessions and their seats."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from core.calendars.models import Room
from core.calendars.spans import local_day
from core.db import session
from core.errors import NotFound
from core.leaves.models import Leave
from core.leaves.queries import away_on
from core.people.models import Person
from core.people.queries import has_left
from core.web.paging import Page, one_page
from training.equivalences.conditions import accepted_for
from training.exemptions.models import Exemption
from training.exemptions.queries import holds_on
from training.requirements.models import Assignment, Completion, Rule, RuleCourse
from training.sessions.models import FEEDBACK_OPEN_FOR, TAKING_A_SEAT, CourseSession, CourseSessionState, Seat, SeatState, SessionFeedback

_WHOLE = (joinedload(CourseSession.course), joinedload(CourseSession.trainer), joinedload(CourseSession.booking))
HELD_COLUMNS = (
    "state", "starts_at", "ends_at", "place", "meeting_url", "capacity", "fills_from_rules", "cost_cents", "currency", "reason", "held_at", "version",
)  # fmt: skip
SEAT_COLUMNS = ("state", "asked_at", "origin", "here_at", "has_told", "booking_id", "completion_id", "booking", "completion")
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


def sessions_to_settle(keeper: Person, *, at: datetime, plans: bool = False) -> Sequence[CourseSession]:
    """The sessions the person teaches that are over while nobody has noted who came, the oldest first.

    For who plans sessions also those whose trainer has left.
    """
    query = select(CourseSession).where(_to_settle(keeper, at=at, plans=plans))
    return session.scalars(query.order_by(CourseSession.starts_at, CourseSession.id).limit(50).options(*_WHOLE[:2])).all()


def has_session_to_settle(person: Person, *, at: datetime, plans: bool = False) -> ColumnElement[bool]:
    """Whether one of `sessions_to_settle` is there, for `select`."""
    return select(CourseSession.id).where(_to_settle(person, at=at, plans=plans)).exists()


def _to_settle(person: Person, *, at: datetime, plans: bool) -> ColumnElement[bool]:
    whose = CourseSession.trainer_id == person.id
    if plans:
        whose = or_(whose, has_left(CourseSession.trainer_id, on=at.date()))
    return and_(whose, CourseSession.state == CourseSessionState.PLANNED, CourseSession.ends_at <= at)


def has_session_to_tell(person: Person, *, at: datetime) -> ColumnElement[bool]:
    """Whether the person came to a session not long ago and has not said how it was, for `select`."""
    return _to_tell(person, at=at).exists()


def sessions_to_tell(person: Person, *, at: datetime) -> Sequence[CourseSession]:
    """The sessions the person came to not long ago without saying how they were, the oldest first, with course and trainer."""
    return session.scalars(_to_tell(person, at=at).order_by(CourseSession.ends_at, CourseSession.id).limit(20).options(*_WHOLE[:2])).all()


def _to_tell(person: Person, *, at: datetime) -> Select[CourseSession]:
    return (
        select(CourseSession)
        .join(Seat, Seat.session_id == CourseSession.id)
        .where(
            Seat.person_id == person.id,
            Seat.state == SeatState.ATTENDED,
            Seat.has_told.is_(False),
            CourseSession.state == CourseSessionState.HELD,
            CourseSession.ends_at > at - FEEDBACK_OPEN_FOR,
        )
    )


def get_session(session_id: UUID) -> CourseSession:
    """The session with its course, trainer and booking. Raises NotFound."""
    found = session.scalars(select(CourseSession).where(CourseSession.public_id == session_id).options(*_WHOLE)).one_or_none()
    if found is None:
        raise NotFound
    return found


def hold_session(taught: CourseSession) -> None:
    """Lock the session's row until the transaction ends and read what it says now: seats are given one at a time.

    What was read of its seats before the wait is forgotten, so that whatever follows reads what they say now.
    """
    session.flush()
    session.refresh(taught, HELD_COLUMNS, with_for_update=True)
    for row in list(session.identity_map.values()):
        if isinstance(row, Seat) and row.session_id == taught.id:
            session.expire(row, SEAT_COLUMNS)


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


def room_of(taught: CourseSession) -> Room | None:
    """The room the session's booking takes."""
    return None if taught.booking.room_id is None else session.get_one(Room, taught.booking.room_id)


def sessions_to_fill(*, at: datetime) -> Sequence[CourseSession]:
    """The sessions ahead in which a seat may change hands by itself, the next first.

    Those that fill from rules, those with a waiting list, and those in which somebody has a seat who has left the company.
    """
    seat = select(Seat.id).where(Seat.session_id == CourseSession.id)
    waits = seat.where(Seat.state == SeatState.WAITING).exists()
    gone = seat.where(Seat.state == SeatState.ENROLLED, has_left(Seat.person_id, on=at.date())).exists()
    query = select(CourseSession).where(
        CourseSession.state == CourseSessionState.PLANNED, CourseSession.starts_at > at, or_(CourseSession.fills_from_rules.is_(True), waits, gone)
    )
    return session.scalars(query.order_by(CourseSession.starts_at, CourseSession.id).options(*_WHOLE)).all()


def seats_of_leavers(taught: CourseSession, *, on: date) -> Sequence[Seat]:
    """The seats and turns of people who have left the company by the day."""
    query = select(Seat).where(Seat.session_id == taught.id, Seat.state.in_((SeatState.ENROLLED, SeatState.WAITING)))
    return session.scalars(query.where(has_left(Seat.person_id, on=on)).order_by(Seat.asked_at, Seat.id).options(*_SEAT)).all()


def people_asked_for(taught: CourseSession, *, limit: int = 2000) -> Sequence[Person]:
    """People whom a rule asks for the course on the day of the session, who have neither met it nor a seat anywhere ahead, due first.

    Who is away, exempt or let off by a certificate from elsewhere on the day is not among them; nor is who gave up a seat of this session.
    """
    day = local_day(taught.starts_at, taught.time_zone)
    asks = or_(
        Rule.course_id == taught.course_id,
        select(RuleCourse.id).where(RuleCourse.rule_id == Rule.id, RuleCourse.course_id == taught.course_id).exists(),
    )
    query = (
        select(Person)
        .join(Assignment, Assignment.person_id == Person.id)
        .join(Rule, Rule.id == Assignment.rule_id)
        .where(
            asks,
            Assignment.available_on <= day,
            or_(Assignment.ended_on.is_(None), Assignment.ended_on >= day),
            Assignment.met_on.is_(None),
            Person.id != taught.trainer_id,
            ~_seated_anyway(taught),
            *_without_excuse(taught, day),
        )
        .group_by(Person.id)
        .order_by(func.min(Assignment.due_on), Person.id)
        .limit(limit)
    )
    return session.scalars(query).all()


def _seated_anyway(taught: CourseSession) -> ColumnElement[bool]:
    """Whether the one assigned has or had a seat here, has one in another session ahead, or came to one for what is asked now."""
    return (
        select(Seat.id)
        .join(CourseSession, CourseSession.id == Seat.session_id)
        .where(
            Seat.person_id == Assignment.person_id,
            or_(
                Seat.session_id == taught.id,
                (CourseSession.course_id == taught.course_id)
                & (CourseSession.state == CourseSessionState.PLANNED)
                & Seat.state.in_((SeatState.ENROLLED, SeatState.ATTENDED)),
                # came to one for what is asked now, with the exam still to sit
                (CourseSession.course_id == taught.course_id)
                & (CourseSession.state == CourseSessionState.HELD)
                & (Seat.state == SeatState.ATTENDED)
                & (CourseSession.starts_at >= Assignment.available_on),
            ),
        )
        .exists()
    )


def _without_excuse(taught: CourseSession, day: date) -> list[ColumnElement[bool]]:
    """That the one assigned is neither exempt nor away on the day, has not done the course for this and holds nothing that stands for it."""
    exempt = select(Exemption.id).where(Exemption.person_id == Assignment.person_id, Exemption.course_id == taught.course_id, holds_on(day)).exists()
    away = select(Leave.id).where(Leave.person_id == Assignment.person_id, *away_on(day)).exists()
    done = (  # one of several courses the rule asks for, while others are still to do
        select(Completion.id)
        .where(
            Completion.person_id == Assignment.person_id,
            Completion.course_id == taught.course_id,
            Completion.superseded_at.is_(None),
            Completion.completed_on >= Assignment.available_on,
        )
        .exists()
    )
    return [~exempt, ~away, ~done, ~accepted_for(Assignment.person_id, taught.course_id, on=day)]


def seated_of(taught: CourseSession, people: Sequence[Person]) -> set[int]:
    """Who of the people has a seat or a turn in the session: their inner keys."""
    keys = [person.id for person in people]
    query = select(Seat.person_id).where(Seat.session_id == taught.id, Seat.person_id.in_(keys), Seat.state != SeatState.WITHDRAWN)
    return set(session.scalars(query.order_by(Seat.person_id)))


def feedback_on(taught: CourseSession) -> Sequence[SessionFeedback]:
    """All that was said of the session, in an order that tells nothing."""
    return session.scalars(select(SessionFeedback).where(SessionFeedback.session_id == taught.id).order_by(SessionFeedback.key)).all()


def has_attended(person: Person, course_id: int) -> bool:
    """Whether the person came to a session of the course (inner key) since they last completed it, or at all."""
    last = select(func.max(Completion.completed_on)).where(
        Completion.person_id == person.id, Completion.course_id == course_id, Completion.superseded_at.is_(None)
    )
    came = (
        select(CourseSession.starts_at, CourseSession.time_zone, last.scalar_subquery())
        .join(Seat, Seat.session_id == CourseSession.id)
        .where(CourseSession.course_id == course_id, Seat.person_id == person.id, Seat.state == SeatState.ATTENDED)
        .where(CourseSession.state == CourseSessionState.HELD)
        .order_by(CourseSession.starts_at.desc(), CourseSession.id)
        .limit(1)
    )
    found = session.execute(came).one_or_none()
    return found is not None and (found[2] is None or local_day(found[0], found[1]) > found[2])
