"""The iCalendar text of a booking, for one reader."""

from collections.abc import Sequence
from email.utils import parseaddr
from urllib.parse import urlsplit

from flask import current_app

from core.calendars.itip import Occasion, Party
from core.calendars.models import Booking, BookingAttendee
from core.clock import now
from core.people.models import Person
from core.settings import Settings


def uid_of(booking: Booking) -> str:
    """The booking's name in every calendar program: it never changes."""
    settings: Settings = current_app.extensions["settings"]
    return f"{booking.public_id}@{urlsplit(settings.base_url).hostname}"


def occasion_of(booking: Booking, *, organiser: Person, note: str = "") -> Occasion:
    """What an attendee is told. The organiser's name stands before our own address, which can read answers."""
    settings: Settings = current_app.extensions["settings"]
    return Occasion(
        uid=uid_of(booking),
        sequence=booking.sequence,
        stamped_at=now(),
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        time_zone=booking.time_zone,
        title=booking.title,
        organiser=Party(organiser.name, parseaddr(settings.mail_from)[1]),
        description="\n\n".join(part for part in (booking.description, booking.note, note, booking.meeting_url) if part),
        place=booking.place,
        meeting_url=booking.meeting_url,
    )


def seen_by(reader: BookingAttendee, everyone: Sequence[BookingAttendee], colleagues: frozenset[int]) -> list[Party]:
    """The attendees a reader is shown: colleagues see all, an outsider such as a candidate nobody's address but their own."""
    shown = everyone if reader.person_id in colleagues else [reader]
    return [party_of(attendee) for attendee in shown]


def party_of(attendee: BookingAttendee) -> Party:
    """The attendee as a calendar names them."""
    return Party(attendee.person.name, attendee.person.email, attendee.optional, attendee.answer.value.upper().replace("_", "-"))
