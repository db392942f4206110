"""Moving a session to another time, and changing how many it takes and what it costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.audit.record import record
from core.calendars import booking as bookings
from core.calendars.queries import busy, hold_people
from core.calendars.spans import local_day, short_span
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed
from core.people.models import Person
from core.web.i18n import _, language_tag
from training.catalogue.queries import find_version_in_force
from training.sessions import policy, queries
from training.sessions.actions import fill_soon, insist_ahead, leave, move_up
from training.sessions.models import CourseSession, Seat, SeatState


@dataclass(frozen=True)
class Change:
    """When the session is to be, how many it takes, and what it costs."""

    starts_at: datetime
    ends_at: datetime
    capacity: int
    fills_from_rules: bool = False
    cost_cents: int | None = None
    currency: str | None = None


class SomeAreBusy(Conflict):
    """People with a seat are busy at the new time: whoever moves the session says whether it moves without them."""


def change_session(taught: CourseSession, change: Change, *, without_busy: bool = False, by: Person) -> int:
    """Move the session and change its seats and cost. Everybody with a seat is asked anew, in their calendar too.

    Raises Conflict when the trainer or the room is taken then, and SomeAreBusy, naming them, when people with a seat are: with `without_busy`
    they lose their seats instead and are told. Freed and added seats go to the waiting list. Returns how many lost their seat.
    """
    if not policy.can_plan(by):
        raise NotAllowed
    insist_ahead(taught)
    is_moved = (change.starts_at, change.ends_at) != (taught.starts_at, taught.ends_at)
    _insist(taught, change, is_moved=is_moved)
    seats = [seat for seat in queries.seats_of(taught) if seat.state is SeatState.ENROLLED]
    if is_moved:
        hold_people([taught.trainer, *(seat.person for seat in seats)])
    if change.capacity < len(seats):
        sentence = _("%(number)s people have a seat. Choose at least as many seats, or take some back first.", number=len(seats))
        raise Invalid(sentence, field="capacity")
    lost = _busy_then(seats, change) if is_moved else []
    if lost and not without_busy:
        names = ", ".join(seat.person.name for seat in lost)
        raise SomeAreBusy(_("Busy at that time: %(names)s. Choose another time, or move the session without them.", names=names))
    before = _facts(taught)
    if is_moved:
        _move(taught, seats, lost, change, by=by)
    taught.starts_at, taught.ends_at, taught.capacity = change.starts_at, change.ends_at, change.capacity
    taught.fills_from_rules, taught.cost_cents, taught.currency = change.fills_from_rules, change.cost_cents, change.currency
    session.flush()
    changes = {key: [before[key], value] for key, value in _facts(taught).items() if before[key] != value}
    record("training.session.moved" if is_moved else "training.session.changed", taught, by=by, changes=changes)
    move_up(taught)
    fill_soon(taught)
    return len(lost)


def _facts(taught: CourseSession) -> dict[str, Any]:
    span = {"starts_at": taught.starts_at.isoformat(), "ends_at": taught.ends_at.isoformat()}
    return {**span, "capacity": taught.capacity, "cost": taught.cost_cents, "currency": taught.currency, "fills_from_rules": taught.fills_from_rules}


def _insist(taught: CourseSession, change: Change, *, is_moved: bool) -> None:
    if change.capacity < 1:
        raise Invalid(_("A session needs at least one seat."), field="capacity")
    room = queries.room_of(taught)
    if room is not None and room.capacity < change.capacity:
        raise Invalid(_("%(room)s holds %(number)s people. Choose fewer seats.", room=room.name, number=room.capacity), field="capacity")
    if is_moved and find_version_in_force(taught.course, on=local_day(change.starts_at, taught.time_zone)) is None:
        raise Invalid(_("No version of this course is in force on that day. Choose another day."), field="starts")


def _busy_then(seats: Sequence[Seat], change: Change) -> list[Seat]:
    span = {"starts_at": change.starts_at, "ends_at": change.ends_at}
    return [seat for seat in seats if busy([seat.person], **span, besides=seat.booking)[seat.person_id]]


def _move(taught: CourseSession, seats: Sequence[Seat], lost: Sequence[Seat], change: Change, *, by: Person) -> None:
    bookings.move(taught.booking, starts_at=change.starts_at, ends_at=change.ends_at, by=by)
    when = short_span(change.starts_at, change.ends_at, zone=taught.time_zone, locale=language_tag().replace("-", "_"))
    for seat in seats:
        if seat in lost:
            leave(seat, reason=_("The session moved to %(when)s, when you are busy. Choose another date.", when=when), by=by)
        elif seat.booking is not None:
            bookings.move(seat.booking, starts_at=change.starts_at, ends_at=change.ends_at, by=by)
