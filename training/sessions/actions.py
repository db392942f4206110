"""Planning sessions, giving seats, and noting who came."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from core.audit.record import record
from core.calendars.booking import Attendee, book, release
from core.calendars.models import Booking, BookingKind, Room
from core.calendars.spans import local_day
from core.clock import now, today
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, NotFound, WrongState
from core.jobs.queue import enqueue
from core.people.models import Person
from core.people.queries import manages
from core.web.i18n import _
from training.catalogue.models import Course, CourseVersion
from training.catalogue.queries import find_version_in_force, has_exam
from training.certificates.actions import take_back
from training.completions.actions import complete
from training.requirements.deriving import deriving_once
from training.requirements.models import CompletionSource
from training.sessions import policy, queries
from training.sessions.models import SEAT_WORKFLOW, WORKFLOW, CourseSession, CourseSessionState, Seat, SeatOrigin, SeatState


@dataclass(frozen=True)
class Plan:
    """When, where and for how many."""

    starts_at: datetime
    ends_at: datetime
    time_zone: str
    capacity: int
    place: str = ""
    meeting_url: str = ""
    room: Room | None = None
    fills_from_rules: bool = False
    cost_cents: int | None = None
    currency: str | None = None


def plan_session(course: Course, plan: Plan, *, trainer: Person, by: Person) -> CourseSession:
    """Set a date for a course and take the trainer's time and the room. Raises Conflict naming who is busy and when."""
    if not policy.can_plan(by):
        raise NotAllowed
    if find_version_in_force(course, on=local_day(plan.starts_at, plan.time_zone)) is None:
        raise Invalid(_("No version of this course is in force on that day. Choose another day or course."), field="course")
    if plan.capacity < 1:
        raise Invalid(_("A session needs at least one seat."), field="capacity")
    if plan.room is not None and plan.room.capacity < plan.capacity:
        raise Invalid(_("%(room)s holds %(number)s people. Choose fewer seats or another room.", room=plan.room.name, number=plan.room.capacity))
    booking = _book(course, plan, trainer, organiser=trainer, room=plan.room, by=by)
    taught = CourseSession(
        course=course,
        trainer=trainer,
        booking=booking,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        time_zone=plan.time_zone,
        place=booking.place or (plan.room.name if plan.room else ""),
        meeting_url=booking.meeting_url,
        capacity=plan.capacity,
        state=CourseSessionState.PLANNED,
        fills_from_rules=plan.fills_from_rules,
        cost_cents=plan.cost_cents,
        currency=plan.currency,
    )
    session.add(taught)
    session.flush()
    booking.subject_id = taught.public_id
    changes = {"course": course.id, "starts_at": plan.starts_at.isoformat(), "ends_at": plan.ends_at.isoformat(), "capacity": plan.capacity}
    record("training.session.planned", taught, by=by, person=trainer, changes=changes)
    fill_soon(taught)
    return taught


def fill_soon(taught: CourseSession) -> None:
    """Let the free seats go to whom rules ask for the course, in the background, where the session is planned so."""
    if taught.fills_from_rules:
        enqueue("training.fill_session", arguments={"session_id": str(taught.public_id)})


def enrol(taught: CourseSession, person: Person, *, by: Person) -> Seat:
    """Give the person a seat, or a turn on the waiting list when all are taken. Asking twice is asking once.

    Raises Conflict when the person is busy then, NotAllowed for who is neither the person, their manager, nor keeps the list.
    """
    insist_ahead(taught)
    if not policy.can_seat(by, person, taught) and not manages(by, person, on=today()):
        raise NotAllowed
    if person.id == taught.trainer_id:
        raise Invalid(_("The trainer teaches this session and needs no seat."))
    return give_seat(taught, person, SeatOrigin.ASKED if by.id == person.id else SeatOrigin.GIVEN, by=by)


def give_seat(taught: CourseSession, person: Person, origin: SeatOrigin, *, by: Person | None) -> Seat:
    """Give a seat or a turn in a session that is held and ahead, whoever may ask for it. Raises Conflict when the person is busy then."""
    move_up(taught)  # who was busy when a seat was given up may be free by now
    seat = queries.find_seat(taught, person)
    if seat is not None and seat.state is not SeatState.WITHDRAWN:
        return seat
    has_room = queries.seats_taken([taught])[taught.id] < taught.capacity
    booking = _book_seat(taught, person, by=by) if has_room else None
    state = SeatState.ENROLLED if has_room else SeatState.WAITING
    if seat is None:
        seat = Seat(session_id=taught.id, person=person, state=state, asked_at=now(), booking=booking, origin=origin)
        session.add(seat)
        session.flush()
        record(f"training.seat.{state.value}", seat, by=by, person=person, changes={"session": taught.id, "origin": origin.value})
        return seat
    seat.asked_at, seat.booking, seat.origin = now(), booking, origin
    move_seat(seat, state, by=by)
    return seat


def withdraw(taught: CourseSession, person: Person, *, by: Person) -> None:
    """Give up a seat or a turn. The seat goes to the first on the waiting list who is free then."""
    insist_ahead(taught)
    if not policy.can_seat(by, person, taught) and not manages(by, person, on=today()):
        raise NotAllowed
    seat = queries.find_seat(taught, person)
    if seat is None or seat.state not in {SeatState.ENROLLED, SeatState.WAITING}:
        raise NotFound
    leave(seat, reason=_("The seat was given up."), by=by)
    move_up(taught)


def move_up(taught: CourseSession) -> None:
    """Give every free seat to the first on the waiting list who is free then."""
    for waiting in queries.waiting_for_seat(taught):
        if queries.seats_taken([taught])[taught.id] >= taught.capacity:
            return
        try:
            waiting.booking = _book_seat(taught, waiting.person, by=None)
        except Conflict:  # busy meanwhile: the next one's turn, and this one goes on waiting
            continue
        move_seat(waiting, SeatState.ENROLLED, by=None)


def cancel_session(taught: CourseSession, *, reason: str, by: Person) -> None:
    """Call a session off: everybody's time and the room are given back, and everybody with a seat is told why."""
    queries.hold_session(taught)
    if not policy.can_plan(by):
        raise NotAllowed
    WORKFLOW.insist(taught.state, CourseSessionState.CANCELLED, sentence=_("This session has been held or called off already."))
    if not reason.strip():
        raise Invalid(_("Say why the session is called off. Those who were to come read it."), field="reason")
    release(taught.booking, reason=reason, by=by)
    for seat in queries.seats_of(taught):
        if seat.state in {SeatState.ENROLLED, SeatState.WAITING}:
            leave(seat, reason=reason, by=by)
    taught.state, taught.reason = CourseSessionState.CANCELLED, reason.strip()
    session.flush()
    record("training.session.cancelled", taught, by=by, changes={"state": [CourseSessionState.PLANNED.value, taught.state.value]})


def note_attendance(taught: CourseSession, came: Collection[Person], *, by: Person) -> None:
    """Note who of those enrolled came; the others did not. Can be corrected. Who came completes a course that has no exam."""
    queries.hold_session(taught)
    if not policy.can_keep_list(by, taught):
        raise NotAllowed
    if taught.state is CourseSessionState.CANCELLED:
        raise WrongState(_("This session was called off. Nobody came to it."))
    if taught.starts_at > now():
        raise WrongState(_("This session has not begun. Note who came once it has."))
    day = local_day(taught.starts_at, taught.time_zone)
    version, present = find_version_in_force(taught.course, on=day), {person.id for person in came}
    with deriving_once():
        for seat in queries.seats_of(taught):
            state = SeatState.ATTENDED if seat.person_id in present else SeatState.NO_SHOW
            if seat.state in {SeatState.WAITING, SeatState.WITHDRAWN}:
                continue
            if seat.state is not state:
                move_seat(seat, state, by=by)
            elif state is SeatState.NO_SHOW or seat.completion is not None:
                continue
            _complete(taught, seat, version, by=by)
    if taught.state is CourseSessionState.PLANNED:
        taught.state, taught.held_at = CourseSessionState.HELD, now()
        session.flush()
        record("training.session.held", taught, by=by, changes={"came": len(present)})


def _complete(taught: CourseSession, seat: Seat, version: CourseVersion | None, *, by: Person) -> None:
    if seat.completion is not None:
        take_back(seat.completion, reason=_("The attendance was corrected."), by=by)
        seat.completion = None
    if seat.state is SeatState.ATTENDED and version is not None and not has_exam(version):
        day = local_day(taught.starts_at, taught.time_zone)
        seat.completion = complete(seat.person, version, completed_on=day, by=by, source=CompletionSource.ATTENDANCE)
    session.flush()


def insist_ahead(taught: CourseSession) -> None:
    """Hold the session's row. Raises WrongState when it has begun or was called off."""
    queries.hold_session(taught)
    if taught.state is not CourseSessionState.PLANNED or taught.starts_at <= now():
        raise WrongState(_("This session has begun or was called off. Choose another date."))


def leave(seat: Seat, *, reason: str, by: Person | None) -> None:
    """Take the seat or the turn away, give the person's time back and tell them the reason."""
    if seat.booking is not None:
        release(seat.booking, reason=reason, by=by)
    move_seat(seat, SeatState.WITHDRAWN, by=by)
    seat.booking = None
    session.flush()


def move_seat(seat: Seat, state: SeatState, *, by: Person | None) -> None:
    """Let the seat stand there and write it into the trail. Raises WrongState for a step that is none."""
    before = seat.state
    SEAT_WORKFLOW.insist(before, state, sentence=_("This seat cannot be changed like this any more."))
    seat.state = state
    session.flush()
    record(f"training.seat.{state.value}", seat, by=by, person=seat.person, changes={"state": [before.value, state.value]})


def _book_seat(taught: CourseSession, person: Person, *, by: Person | None) -> Booking:
    plan = Plan(taught.starts_at, taught.ends_at, taught.time_zone, taught.capacity, taught.place, taught.meeting_url)
    booking = _book(taught.course, plan, person, organiser=taught.trainer, room=None, by=by)
    booking.subject_id = taught.public_id
    return booking


def _book(course: Course, plan: Plan, person: Person, *, organiser: Person, room: Room | None, by: Person | None) -> Booking:
    """Each has a booking of their own: who else learns is nobody's business, and one more seat sends nobody else a mail."""
    return book(
        course.title,
        kind=BookingKind.SESSION,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        time_zone=plan.time_zone,
        attendees=[Attendee(person)],
        organiser=organiser,
        by=by,
        place=plan.place,
        meeting_url=plan.meeting_url,
        room=room,
    )
