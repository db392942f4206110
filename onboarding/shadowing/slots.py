"""When a new hire and a mentor could meet: both work, are free, nobody is off, and the mentor has a session left in that week."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.calendars.business_days import add_business_days
from core.calendars.free_slots import Interval
from core.calendars.hours import availabilities
from core.calendars.panels import Availability, starts
from core.clock import now
from core.people.models import Location, Person
from core.people.queries import employments_of
from onboarding.mentors.asking import is_away, week_of
from onboarding.mentors.queries import Post, posts_of, profiles_of, starts_between
from onboarding.shadowing.models import Session
from onboarding.shadowing.times import Stretch

STEP = timedelta(minutes=30)
WEEKS = 4
NOTICE = timedelta(hours=16)  # nobody is asked for a session that begins sooner
MOST_PROPOSED = 6


class _Time:
    """One person's time, to be asked for hundreds of slots: what is taken in order, so that each is answered by one look."""

    def __init__(self, known: Availability) -> None:
        self.known = known
        merged: list[list[datetime]] = []
        for begins, ends in sorted((taken.starts_at - known.buffer, taken.ends_at + known.buffer) for taken in known.busy):
            if merged and begins <= merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], ends)
            else:
                merged.append([begins, ends])
        self.begins, self.ends = [row[0] for row in merged], [row[1] for row in merged]

    def can(self, day: Stretch) -> bool:
        """Whether the person works and is free, with room before and after."""
        before = bisect_left(self.begins, day.ends_at) - 1
        if before >= 0 and self.ends[before] > day.starts_at:
            return False
        return self.known.works(Interval(day.starts_at, day.ends_at))


def free_times(person: Person, mentor: Person, *, length: timedelta, days: int = 1, window: Interval) -> list[list[Stretch]]:
    """Every time of the window that would do for a session of one or two days, each day as long; in at most eight statements."""
    known, posts = availabilities([person, mentor], window), posts_of([person.id, mentor.id])
    closed = _closed(mentor, known[mentor.id], posts.get(mentor.id, []), window)
    host = replace(known[mentor.id], hours=replace(known[mentor.id].hours, closed=closed))
    both = [_Time(known[person.id]), _Time(host)]
    first_day = min((post.valid_from for post in posts.get(person.id, [])), default=date.min)
    location = _place_of(person) if days == 2 else None
    zone = ZoneInfo(mentor.time_zone)
    found = []
    for begins in starts(host.hours, window, STEP):
        local = begins.astimezone(zone)
        if local.date() < first_day:
            continue
        stretch = [Stretch(begins, begins + length)]
        if days == 2:
            second = datetime.combine(_next_day(local.date(), location), local.time(), tzinfo=zone)
            stretch.append(Stretch(second, second + length))
        if all(one.can(day) for day in stretch for one in both):
            found.append(stretch)
    return found


def starts_by_day(found: Sequence[Sequence[Stretch]], time_zone: str) -> dict[date, list[tuple[datetime, datetime]]]:
    """The first days of times that would do, on the clock of a reader: when each begins and ends, under its day."""
    zone = ZoneInfo(time_zone)
    by_day: dict[date, list[tuple[datetime, datetime]]] = {}
    for days in found:
        begins = days[0].starts_at.astimezone(zone)
        by_day.setdefault(begins.date(), []).append((begins, days[0].ends_at.astimezone(zone)))
    return by_day


def window_from(day: date | None, zone: str) -> Interval:
    """Four weeks from a day on, or from now, always leaving some notice."""
    earliest = now() + NOTICE
    begins = earliest if day is None else max(earliest, datetime.combine(day, time(), tzinfo=ZoneInfo(zone)))
    return Interval(begins, begins + timedelta(weeks=WEEKS))


def other_times(session: Session) -> list[list[Stretch]]:
    """A few other times for a session that was called off, on different days, those at the same hour first, in order of time."""
    window = window_from(None, session.time_zone)
    length = session.days[0].ends_at - session.days[0].starts_at
    found = free_times(session.person, session.mentor, length=length, days=len(session.days), window=window)
    zone = ZoneInfo(session.time_zone)
    wished = session.days[0].starts_at.astimezone(zone).time()
    by_day: dict[date, list[list[Stretch]]] = {}
    for stretch in found:
        by_day.setdefault(stretch[0].starts_at.astimezone(zone).date(), []).append(stretch)
    best = [min(rows, key=lambda row: abs(_minutes(row[0].starts_at.astimezone(zone).time()) - _minutes(wished))) for rows in by_day.values()]
    return best[:MOST_PROPOSED]


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _next_day(day: date, location: Location | None) -> date:
    return add_business_days(day, 1, location)


def _place_of(person: Person) -> Location | None:
    return next((row.location for row in employments_of(person)), None)


def _closed(mentor: Person, known: Availability, posts: Sequence[Post], window: Interval) -> frozenset[date]:
    """The days on which the mentor cannot be asked: holidays, pauses, days off, days before or after employment, weeks that are full."""
    profile = profiles_of([mentor.id]).get(mentor.id)
    zone = ZoneInfo(mentor.time_zone)
    first, last = window.starts_at.astimezone(zone).date(), window.ends_at.astimezone(zone).date()
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    closed = set(known.hours.closed) | {day for day in days if is_away(profile, posts, day)}
    if profile is not None:
        begun = starts_between(mentor.id, starts_at=week_of(first, mentor.time_zone).starts_at, ends_at=week_of(last, mentor.time_zone).ends_at)
        weeks = _weeks_of(begun, zone)
        closed |= {day for day in days if weeks.get(_monday(day), 0) >= profile.weekly_sessions}
    return frozenset(closed)


def _weeks_of(begun: Sequence[datetime], zone: ZoneInfo) -> dict[date, int]:
    counts: dict[date, int] = {}
    for at in begun:
        monday = _monday(at.astimezone(zone).date())
        counts[monday] = counts.get(monday, 0) + 1
    return counts


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
