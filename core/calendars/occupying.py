"""Taking the time of people and rooms, and saying who is busy when it is taken already."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.exc import IntegrityError, OperationalError

from core.calendars.models import Booking, Occupancy, Room
from core.calendars.queries import busy, hold_people, hold_room, occupancies_of, room_busy
from core.calendars.spans import short_span
from core.db import session
from core.errors import Conflict
from core.people.models import Person
from core.web.i18n import _, language_tag

OVERLAPS = ("ex_core_occupancy_", "core_occupancy overlaps", "deadlock detected")


def insist_free(
    people: Sequence[Person], room: Room | None, *, starts_at: datetime, ends_at: datetime, zone: str, besides: Booking | None = None
) -> None:
    """Hold the people and the room, and raise Conflict naming who is busy and when, in the zone, but never with what."""
    hold_people(people)
    if room is not None:
        hold_room(room)
    locale = language_tag().replace("-", "_")
    sentences = []
    taken = busy(people, starts_at=starts_at, ends_at=ends_at, besides=besides)
    for person in people:
        for interval in taken[person.id]:
            when = short_span(*interval, zone=zone, locale=locale)
            sentences.append(_("%(name)s is busy on %(when)s.", name=person.name, when=when))
    if room is not None:
        for interval in room_busy(room, starts_at=starts_at, ends_at=ends_at, besides=besides):
            when = short_span(*interval, zone=zone, locale=locale)
            sentences.append(_("The room %(name)s is taken on %(when)s.", name=room.name, when=when))
    if sentences:
        raise Conflict(" ".join(sentences))


def occupy(booking: Booking, people: Sequence[Person], room: Room | None = None) -> None:
    """Take the booking's time of the people and the room. Raises Conflict when the database refuses an overlap."""
    for person in sorted(people, key=lambda person: person.id):
        session.add(Occupancy(booking_id=booking.id, person_id=person.id, starts_at=booking.starts_at, ends_at=booking.ends_at))
    if room is not None:
        session.add(Occupancy(booking_id=booking.id, room_id=room.id, starts_at=booking.starts_at, ends_at=booking.ends_at))
    flush_occupancy()


def shift(booking: Booking) -> None:
    """Let what the booking has taken follow its new time."""
    for row in occupancies_of(booking):
        row.starts_at, row.ends_at = booking.starts_at, booking.ends_at
    flush_occupancy()


def vacate(booking: Booking, people: Sequence[Person] | None = None) -> None:
    """Give back what the booking has taken, of everyone and the room or only of the people named."""
    keys = None if people is None else {person.id for person in people}
    for row in occupancies_of(booking):
        if keys is None or row.person_id in keys:
            session.delete(row)
    session.flush()


def flush_occupancy() -> None:
    """Write now, so that an overlap that slipped past the check is refused by the database as a sentence, not an error."""
    try:
        with session.begin_nested():
            session.flush()
    except (IntegrityError, OperationalError) as error:
        if not any(mark in str(error.orig) for mark in OVERLAPS):
            raise
        raise Conflict(_("Someone else has just taken this time. Choose another one.")) from error
