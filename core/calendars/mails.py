"""Mails about bookings, each with the iCalendar message that puts it into the reader's calendar."""

from collections.abc import Sequence
from typing import Any

from core.calendars import itip
from core.calendars.agenda import ANSWERED_ELSEWHERE
from core.calendars.messages import occasion_of, party_of, seen_by
from core.calendars.models import Booking, BookingAttendee, BookingKind
from core.calendars.queries import attendees_of, colleagues_among, organiser_of
from core.calendars.spans import full_span, local_day, same_clock
from core.clock import now
from core.mail.outbox import queue_mail
from core.people.models import Person
from core.web.addresses import absolute_url


def invitation(booking: Booking, readers: Sequence[BookingAttendee]) -> None:
    """Invite the readers."""
    _request("calendar_invitation", booking, readers, {})


def change(booking: Booking, readers: Sequence[BookingAttendee], *, time_changed: bool = True) -> None:
    """Tell those who were invited that the time, or who else comes, has changed."""
    _request("calendar_change", booking, readers, {"time_changed": time_changed})


def cancellation(booking: Booking, readers: Sequence[BookingAttendee], *, whole: bool, unsaid_to: Sequence[Person] = ()) -> None:
    """Tell the readers that the booking is off, or (not `whole`) that it takes place without them. Only colleagues read why."""
    if _silent(booking) or not readers:
        return
    organiser = organiser_of(booking)
    colleagues = colleagues_among([reader.person for reader in readers])
    told = colleagues - {person.id for person in unsaid_to}
    for reader in readers:
        shown = seen_by(reader, readers, colleagues) if whole else [party_of(reader)]
        content = itip.cancel(occasion_of(booking, organiser=organiser), attendees=shown, whole=whole)
        context = _context(booking, reader, organiser)
        context |= {"whole": whole, "reason": booking.cancel_reason if whole and reader.person_id in told else ""}
        queue_mail("calendar_cancellation", to=reader.person, context=context, calendar=content, calendar_method="CANCEL", about=booking.public_id)


def declined(booking: Booking, reader: BookingAttendee) -> None:
    """Tell the organiser that somebody who is needed does not come."""
    if _silent(booking):
        return
    organiser = organiser_of(booking)
    when = full_span(booking.starts_at, booking.ends_at, zone=organiser.time_zone, locale=organiser.locale)
    context = {"name": organiser.name, "who": reader.person.name, "title": booking.title, "when": when}
    queue_mail("calendar_declined", to=organiser, context=context, about=booking.public_id)


def _request(name: str, booking: Booking, readers: Sequence[BookingAttendee], more: dict[str, Any]) -> None:
    if _silent(booking) or not readers:
        return
    organiser = organiser_of(booking)
    everyone = attendees_of(booking)
    colleagues = colleagues_among([attendee.person for attendee in everyone])
    for reader in readers:
        content = itip.request(occasion_of(booking, organiser=organiser, note=reader.note), attendees=seen_by(reader, everyone, colleagues))
        link = _answer_link(booking, reader.person) if reader.person_id in colleagues and booking.kind not in ANSWERED_ELSEWHERE else ""
        context = _context(booking, reader, organiser) | more | {"answer_link": link}
        queue_mail(name, to=reader.person, context=context, calendar=content, calendar_method="REQUEST", about=booking.public_id)


def _answer_link(booking: Booking, reader: Person) -> str:
    return absolute_url("calendar.agenda", starting=local_day(booking.starts_at, reader.time_zone).isoformat())


def _silent(booking: Booking) -> bool:
    # time kept free invites nobody, and what has been held already asks nobody to come
    return booking.kind is BookingKind.BLOCK or booking.ends_at <= now()


def _context(booking: Booking, reader: BookingAttendee, organiser: Person) -> dict[str, Any]:
    person = reader.person

    def when(zone: str) -> str:
        return full_span(booking.starts_at, booking.ends_at, zone=zone, locale=person.locale)

    return {
        "name": person.name,
        "title": booking.title,
        "when": when(booking.time_zone),
        "when_for_reader": "" if same_clock(booking.starts_at, booking.time_zone, person.time_zone) else when(person.time_zone),
        "place": booking.place,
        "meeting_url": booking.meeting_url,
        "description": booking.description,
        "notes": [note for note in (booking.note, reader.note) if note],
        "organiser": organiser.name,
        "optional": reader.optional,
    }
