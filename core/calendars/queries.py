"""Reading bookings and who is busy when."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import defer, joinedload, load_only, selectinload

from core.calendars.free_slots import Interval, WorkingHours, free_slots
from core.calendars.models import Booking, BookingAttendee, BookingKind, BookingState, CalendarFeed, MeetingHours, Occupancy, Room
from core.db import session
from core.errors import NotFound
from core.people.models import Person, RoleGrant

HALF_HOUR = timedelta(minutes=30)
_WHOLE = (
    selectinload(Booking.attendees).joinedload(BookingAttendee.person),
    joinedload(Booking.organiser),
    joinedload(Booking.room),
)

_ATTENDED = (  # written once: putting it together takes as long as reading its rows
    select(Booking)
    .join(BookingAttendee, BookingAttendee.booking_id == Booking.id)
    .where(
        BookingAttendee.person_id == bindparam("person"),
        BookingAttendee.removed_at.is_(None),
        Booking.state == BookingState.CONFIRMED,
        Booking.starts_at < bindparam("until"),
        Booking.ends_at > bindparam("from"),
    )
    .order_by(Booking.starts_at, Booking.id)
)
_WITH_ALL = _ATTENDED.options(*_WHOLE)
_TO_SHOW = _ATTENDED.options(  # what an agenda shows and no more
    defer(Booking.description),
    defer(Booking.note),
    joinedload(Booking.room).load_only(Room.name),
    selectinload(Booking.attendees).options(
        load_only(BookingAttendee.booking_id, BookingAttendee.person_id, BookingAttendee.answer),
        joinedload(BookingAttendee.person).load_only(Person.public_id, Person.name),
    ),
)


def get_booking(booking_id: UUID, *, viewer: Person | None) -> Booking:
    """The booking with its attendees, organiser and room, for one who is in it (None: the system). Raises NotFound."""
    found = session.scalars(select(Booking).where(Booking.public_id == booking_id).options(*_WHOLE)).one_or_none()
    if found is None:
        raise NotFound
    if viewer is not None and viewer.id != found.organiser_id and viewer.id not in {attendee.person_id for attendee in found.attendees}:
        raise NotFound
    return found


def bookings_of(person: Person, *, starts_at: datetime, ends_at: datetime) -> Sequence[Booking]:
    """The standing bookings the person attends that touch the time, with attendees, organiser and room, in order of time."""
    return session.scalars(_WITH_ALL, {"person": person.id, "from": starts_at, "until": ends_at}).all()


def bookings_to_show(person: Person, *, starts_at: datetime, ends_at: datetime) -> Sequence[Booking]:
    """As `bookings_of`, with what an agenda shows: who else comes by name, and the room."""
    return session.scalars(_TO_SHOW, {"person": person.id, "from": starts_at, "until": ends_at}).all()


def bookings_for(subject_id: UUID) -> Sequence[Booking]:
    """Every booking, standing or not, made for the thing with this public id, in order of time."""
    return session.scalars(select(Booking).where(Booking.subject_id == subject_id).order_by(Booking.starts_at, Booking.id).options(*_WHOLE)).all()


def busy(people: Iterable[Person], *, starts_at: datetime, ends_at: datetime, besides: Booking | None = None) -> dict[int, list[Interval]]:
    """When each of the people is taken within the time: inner key of the person → intervals in order. Says nothing of what for."""
    taken: dict[int, list[Interval]] = {person.id: [] for person in people}
    query = (
        select(Occupancy)
        .where(Occupancy.person_id.in_(taken), Occupancy.starts_at < ends_at, Occupancy.ends_at > starts_at)
        .order_by(Occupancy.starts_at, Occupancy.id)
    )
    if besides is not None and besides.id is not None:
        query = query.where(Occupancy.booking_id != besides.id)
    for row in session.scalars(query):
        if row.person_id is not None:
            taken[row.person_id].append(Interval(row.starts_at, row.ends_at))
    return taken


def taken_times(
    people: Iterable[Person], *, starts_at: datetime, ends_at: datetime, besides: Booking | None = None
) -> dict[int, list[tuple[BookingKind, Interval]]]:
    """What takes each of the people's time within the time: inner key of the person → kind and interval, in order."""
    taken: dict[int, list[tuple[BookingKind, Interval]]] = {person.id: [] for person in people}
    query = (
        select(Occupancy.person_id, Booking.kind, Occupancy.starts_at, Occupancy.ends_at)
        .join(Booking, Booking.id == Occupancy.booking_id)
        .where(Occupancy.person_id.in_(taken), Occupancy.starts_at < ends_at, Occupancy.ends_at > starts_at)
        .order_by(Occupancy.starts_at, Occupancy.id)
    )
    if besides is not None:
        query = query.where(Booking.id != besides.id)
    for key, kind, begins, ends in session.execute(query):
        if key is not None:
            taken[key].append((kind, Interval(begins, ends)))
    return taken


def find_meeting_hours(person: Person) -> MeetingHours | None:
    """What the person has said about when they meet others."""
    return session.scalars(select(MeetingHours).where(MeetingHours.person_id == person.id)).one_or_none()


def meeting_hours_of(people: Iterable[Person]) -> dict[int, MeetingHours]:
    """What those of the people have said who said something, by inner key."""
    keys = [person.id for person in people]
    query = select(MeetingHours).where(MeetingHours.person_id.in_(keys)).order_by(MeetingHours.id)
    return {row.person_id: row for row in session.scalars(query)}


def free_times(
    people: Iterable[Person], *, working_hours: Sequence[WorkingHours], window: Interval, length: timedelta, step: timedelta = HALF_HOUR
) -> list[Interval]:
    """Every slot of the length within the window and the working hours in which all of the people are free."""
    taken = busy(people, starts_at=window.starts_at, ends_at=window.ends_at)
    return free_slots((interval for intervals in taken.values() for interval in intervals), working_hours, window, length, step)


def room_busy(room: Room, *, starts_at: datetime, ends_at: datetime, besides: Booking | None = None) -> list[Interval]:
    """When the room is taken within the time, in order."""
    query = (
        select(Occupancy)
        .where(Occupancy.room_id == room.id, Occupancy.starts_at < ends_at, Occupancy.ends_at > starts_at)
        .order_by(Occupancy.starts_at, Occupancy.id)
    )
    if besides is not None and besides.id is not None:
        query = query.where(Occupancy.booking_id != besides.id)
    return [Interval(row.starts_at, row.ends_at) for row in session.scalars(query)]


def rooms() -> Sequence[Room]:
    """Every room with its place, by name."""
    return session.scalars(select(Room).order_by(Room.name, Room.id).options(joinedload(Room.location))).all()


def attendees_of(booking: Booking) -> Sequence[BookingAttendee]:
    """Those invited now, with their persons, in the order they were invited."""
    return session.scalars(
        select(BookingAttendee)
        .where(BookingAttendee.booking_id == booking.id, BookingAttendee.removed_at.is_(None))
        .order_by(BookingAttendee.id)
        .options(joinedload(BookingAttendee.person))
    ).all()


def organiser_of(booking: Booking) -> Person:
    """Who called the booking."""
    return session.get_one(Person, booking.organiser_id)


def occupancies_of(booking: Booking) -> Sequence[Occupancy]:
    """The time the booking has taken, of people and of a room."""
    return session.scalars(select(Occupancy).where(Occupancy.booking_id == booking.id).order_by(Occupancy.id)).all()


def colleagues_among(people: Iterable[Person]) -> frozenset[int]:
    """The inner keys of those who hold a role here; the others are outsiders, such as candidates."""
    keys = [person.id for person in people]
    found = session.scalars(select(RoleGrant.person_id).where(RoleGrant.person_id.in_(keys), RoleGrant.ended_at.is_(None)).order_by(RoleGrant.id))
    return frozenset(found)


def hold_people(people: Iterable[Person]) -> None:
    """Lock the people's rows in one order until the transaction ends, so that two bookings of one person wait for each other."""
    # an exclusion constraint alone lets two writers wait for one another until the deadlock detector ends one
    keys = sorted(person.id for person in people)
    session.execute(select(Person.id).where(Person.id.in_(keys)).order_by(Person.id).with_for_update(key_share=True)).all()


def hold_booking(booking: Booking) -> None:
    """Lock the booking's row until the transaction ends and read what it says now."""
    session.refresh(booking, ["state", "starts_at", "ends_at", "sequence", "version"], with_for_update=True)


def find_seat(booking: Booking, person: Person) -> BookingAttendee | None:
    """The person's row among the booking's attendees, removed or not."""
    return session.scalars(
        select(BookingAttendee)
        .where(BookingAttendee.booking_id == booking.id, BookingAttendee.person_id == person.id)
        .options(joinedload(BookingAttendee.person))
    ).one_or_none()


def hold_room(room: Room) -> None:
    """Lock the room's row until the transaction ends."""
    session.execute(select(Room.id).where(Room.id == room.id).with_for_update(key_share=True)).all()


def find_feed(person: Person) -> CalendarFeed | None:
    """The person's calendar feed, if they have made one."""
    return session.scalars(select(CalendarFeed).where(CalendarFeed.person_id == person.id)).one_or_none()


def hash_token(token: str) -> str:
    """What is kept of a feed's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def get_feed(token: str) -> CalendarFeed:
    """The feed with this token, with its person and their grants. Raises NotFound."""
    found = (
        session.scalars(
            select(CalendarFeed)
            .where(CalendarFeed.token_hash == hash_token(token))
            .options(joinedload(CalendarFeed.person).joinedload(Person.grants))
        )
        .unique()
        .one_or_none()
    )
    if found is None:
        raise NotFound
    return found
