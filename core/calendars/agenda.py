"""Bookings as one person's agenda: by day, in that person's time zone. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.calendars.models import Answer, Booking, BookingKind
from core.people.models import Person

WEEKS = 4
ANSWERED_ELSEWHERE = (BookingKind.BLOCK,)  # a block asks nobody
ANSWERS = (Answer.ACCEPTED, Answer.TENTATIVE, Answer.DECLINED)
YES_OR_NO = (BookingKind.SHADOWING,)  # a session is accepted or called off


@dataclass(frozen=True)
class Entry:
    """One line of an agenda. Times are local to the reader; `other_clock` says them in the booking's zone when that differs."""

    booking: Booking
    starts: datetime
    ends: datetime
    answer: Answer
    others: tuple[str, ...]
    other_clock: str

    @property
    def is_invitation(self) -> bool:
        """Whether others come too, and an answer is waited for."""
        return self.booking.kind is not BookingKind.BLOCK

    @property
    def answerable(self) -> bool:
        """Whether the reader says yes or no here."""
        return self.booking.kind not in ANSWERED_ELSEWHERE

    @property
    def said(self) -> tuple[Answer, ...]:
        """What can be answered."""
        return tuple(answer for answer in ANSWERS if answer is not Answer.TENTATIVE or self.booking.kind not in YES_OR_NO)


def first_monday(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def span_of(monday: date, zone: str) -> tuple[datetime, datetime]:
    """The instants between which the agenda's weeks lie."""
    starts = datetime.combine(monday, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    ends = datetime.combine(monday + timedelta(weeks=WEEKS), time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return starts, ends


def by_day(bookings: Sequence[Booking], reader: Person) -> dict[date, list[Entry]]:
    """The bookings under the local day they begin on, in order. Needs attendees with their persons."""
    days: dict[date, list[Entry]] = {}
    for booking in bookings:
        entry = _entry(booking, reader)
        days.setdefault(entry.starts.date(), []).append(entry)
    return days


def _entry(booking: Booking, reader: Person) -> Entry:
    mine, theirs = ZoneInfo(reader.time_zone), ZoneInfo(booking.time_zone)
    starts, there = booking.starts_at.astimezone(mine), booking.starts_at.astimezone(theirs)
    own = next(attendee for attendee in booking.attendees if attendee.person_id == reader.id)
    return Entry(
        booking=booking,
        starts=starts,
        ends=booking.ends_at.astimezone(mine),
        answer=own.answer,
        others=tuple(attendee.person.name for attendee in booking.attendees if attendee.person_id != reader.id),
        other_clock="" if starts.utcoffset() == there.utcoffset() else f"{there:%H:%M} ({booking.time_zone})",
    )
