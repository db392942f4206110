"""Private calendar addresses: one per person, replaced at will, dead when the person may no longer work here."""

import secrets
from datetime import timedelta

from core.audit.record import record
from core.calendars.itip import publish
from core.calendars.messages import occasion_of
from core.calendars.models import Answer, BookingAttendee, CalendarFeed
from core.calendars.queries import bookings_of, find_feed, get_feed, hash_token
from core.clock import now
from core.db import session
from core.errors import NotFound
from core.people.models import Person
from core.people.rights import Right

PAST, AHEAD = timedelta(days=60), timedelta(days=400)


def renew_feed(person: Person, *, by: Person | None) -> str:
    """Make the person's calendar address anew and return its token, which is not kept anywhere. The one before stops working."""
    token = secrets.token_urlsafe(24)
    feed = find_feed(person)
    if feed is None:
        feed = CalendarFeed(person_id=person.id, token_hash=hash_token(token))
        session.add(feed)
    else:
        feed.token_hash, feed.made_at = hash_token(token), now()
    record("core.calendar_feed.made", feed, by=by, person=person)
    return token


def feed_content(token: str) -> bytes:
    """The calendar behind a private address. Raises NotFound for an unknown or replaced token, and when its person may no longer work here."""
    person = get_feed(token).person
    if not person.may(Right.WORK):
        raise NotFound
    bookings = bookings_of(person, starts_at=now() - PAST, ends_at=now() + AHEAD)
    seats: dict[int, BookingAttendee] = {each.booking_id: each for booking in bookings for each in booking.attendees if each.person_id == person.id}
    # a published event says nothing of answers: what its reader declined would stand there as if they came
    coming = [(booking, seats[booking.id].note) for booking in bookings if seats[booking.id].answer is not Answer.DECLINED]
    return publish([occasion_of(booking, organiser=booking.organiser, note=note) for booking, note in coming], name="Trilha")
