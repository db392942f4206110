"""When people can be asked to meet: their own hours, room between conversations and how many a day, less what is taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from core.audit.record import record
from core.calendars.business_days import is_public_holiday
from core.calendars.free_slots import Interval, WorkingHours
from core.calendars.models import Booking, BookingKind, MeetingHours
from core.calendars.panels import Availability
from core.calendars.queries import find_meeting_hours, meeting_hours_of, taken_times
from core.calendars.spans import local_day
from core.db import session
from core.errors import Invalid
from core.people.models import Location, Person
from core.people.queries import places_of
from core.web.i18n import _

MOST_BUFFER, MOST_A_DAY = 120, 12


@dataclass(frozen=True)
class Habits:
    """When somebody meets others. These are what holds until a person says otherwise."""

    opens: time = time(9)
    closes: time = time(18)
    weekdays: frozenset[int] = frozenset(range(5))
    buffer_minutes: int = 15
    daily_cap: int = 4


USUAL = Habits()


def habits_of(row: MeetingHours | None) -> Habits:
    """What a person has said, or what is usual."""
    if row is None:
        return USUAL
    return Habits(row.opens, row.closes, frozenset(row.weekdays), row.buffer_minutes, row.daily_cap)


def set_meeting_hours(person: Person, habits: Habits, *, by: Person) -> None:
    """Keep when the person meets others. What is booked already stays."""
    if habits.closes <= habits.opens:
        raise Invalid(_("The end must lie after the beginning."), field="closes")
    if not habits.weekdays or not habits.weekdays <= set(range(7)):
        raise Invalid(_("Choose at least one day."), field="weekdays")
    if not 0 <= habits.buffer_minutes <= MOST_BUFFER:
        raise Invalid(_("Leave between 0 and %(most)s minutes.", most=MOST_BUFFER), field="buffer_minutes")
    if not 1 <= habits.daily_cap <= MOST_A_DAY:
        raise Invalid(_("Choose between 1 and %(most)s conversations a day.", most=MOST_A_DAY), field="daily_cap")
    row = find_meeting_hours(person)
    if row is None:
        row = MeetingHours(person_id=person.id)
        session.add(row)
    row.opens, row.closes, row.weekdays = habits.opens, habits.closes, sorted(habits.weekdays)
    row.buffer_minutes, row.daily_cap = habits.buffer_minutes, habits.daily_cap
    session.flush()
    changes = {"opens": f"{habits.opens:%H:%M}", "closes": f"{habits.closes:%H:%M}", "days": row.weekdays}
    record("core.meeting_hours.set", row, by=by, person=person, changes=changes | {"buffer": row.buffer_minutes, "cap": row.daily_cap})


def availabilities(people: Sequence[Person], window: Interval, *, besides: Booking | None = None) -> dict[int, Availability]:
    """When each of the people could have a conversation within the window: inner key → their hours, holidays, and what is taken.

    `besides` is looked past: a booking that is to be moved.
    """
    # a day more on each side: the cap counts whole days, and room is kept beside what lies just outside
    wide = Interval(window.starts_at - timedelta(days=1), window.ends_at + timedelta(days=1))
    said = meeting_hours_of(people)
    places = places_of(people, on=window.starts_at.date())
    taken = taken_times(people, starts_at=wide.starts_at, ends_at=wide.ends_at, besides=besides)
    found = {}
    for person in people:
        habits, own = habits_of(said.get(person.id)), taken[person.id]
        found[person.id] = Availability(
            key=person.id,
            hours=WorkingHours(person.time_zone, habits.opens, habits.closes, habits.weekdays, _holidays(person, places.get(person.id), wide)),
            busy=tuple(interval for _kind, interval in own),
            counted=tuple(interval for kind, interval in own if kind is BookingKind.INTERVIEW),
            buffer=timedelta(minutes=habits.buffer_minutes),
            daily_cap=habits.daily_cap,
        )
    return found


def _holidays(person: Person, place: Location | None, window: Interval) -> frozenset[date]:
    if place is None:
        return frozenset()
    day, last = local_day(window.starts_at, person.time_zone), local_day(window.ends_at, person.time_zone)
    days = [day + timedelta(days=number) for number in range((last - day).days + 1)]
    return frozenset(day for day in days if is_public_holiday(day, place))
