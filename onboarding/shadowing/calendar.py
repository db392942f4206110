"""A week or a month of sessions as a grid. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.calendars.panels import Availability
from core.people.models import Person
from onboarding.shadowing.models import Session, SessionDay

EARLIEST, LATEST = 7, 20  # hours a week shows even when nothing lies in them


@dataclass(frozen=True)
class Entry:
    """One day of a session on the reader's clock. `can_move` says whether the reader may drag it."""

    session: Session
    starts: datetime
    ends: datetime
    can_move: bool


@dataclass(frozen=True)
class Busy:
    """Time of a person that is taken by something else, on the reader's clock and within one day. Says nothing of what for."""

    name: str
    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class Taken:
    """What is taken of some people's time, and the days on which their places are closed, by name."""

    busy: tuple[Busy, ...] = ()
    closed: dict[date, list[str]] = field(default_factory=dict)


NOTHING_TAKEN = Taken()


@dataclass(frozen=True)
class Grid:
    """Days as columns of a week, or as weeks of a month, with what lies in them: entries by day, and in a week by day and hour."""

    days: tuple[date, ...]
    hours: tuple[int, ...] = ()
    by_day: dict[date, list[Entry]] = field(default_factory=dict)
    by_hour: dict[tuple[date, int], list[Entry]] = field(default_factory=dict)
    busy_by_day: dict[date, list[Busy]] = field(default_factory=dict)
    busy_by_hour: dict[tuple[date, int], list[Busy]] = field(default_factory=dict)
    closed: dict[date, list[str]] = field(default_factory=dict)

    @property
    def weeks(self) -> list[tuple[date, ...]]:
        """The days, seven by seven."""
        return [self.days[start : start + 7] for start in range(0, len(self.days), 7)]


def days_shown(day: date, *, month: bool) -> tuple[date, ...]:
    """Monday to Sunday around the day, or all weeks that touch its month."""
    if not month:
        monday = day - timedelta(days=day.weekday())
        return tuple(monday + timedelta(days=number) for number in range(7))
    first = day.replace(day=1)
    begins = first - timedelta(days=first.weekday())
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    count = (last - begins).days + 7 - last.weekday()
    return tuple(begins + timedelta(days=number) for number in range(count))


def span_of(days: Sequence[date], zone: str) -> tuple[datetime, datetime]:
    """The instants between which the days lie on the reader's clock."""
    begins = datetime.combine(days[0], time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return begins, datetime.combine(days[-1] + timedelta(days=1), time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def taken_from(people: Sequence[Person], known: Mapping[int, Availability], days: Sequence[date], shown: Sequence[SessionDay], zone: str) -> Taken:
    """What takes the people's time on the days besides the sessions that are shown, cut at midnight of the reader's clock."""
    place, busy = ZoneInfo(zone), list[Busy]()
    closed: dict[date, list[str]] = {}
    told = {(key, row.starts_at) for row in shown for key in (row.session.person_id, row.session.mentor_id)}
    for person in people:
        for taken in known[person.id].busy:
            if (person.id, taken.starts_at) not in told:
                pieces = _by_day(taken.starts_at.astimezone(place), taken.ends_at.astimezone(place))
                busy += [Busy(person.name, starts, ends) for starts, ends in pieces if days[0] <= starts.date() <= days[-1]]
        for day in known[person.id].hours.closed:
            closed.setdefault(day, []).append(person.name)
    return Taken(tuple(sorted(busy, key=lambda each: (each.starts, each.name))), closed)


def _by_day(starts: datetime, ends: datetime) -> list[tuple[datetime, datetime]]:
    pieces = []
    while starts.date() < ends.date():
        midnight = datetime.combine(starts.date() + timedelta(days=1), time(), tzinfo=starts.tzinfo)
        pieces.append((starts, midnight))
        starts = midnight
    return [*pieces, (starts, ends)] if starts < ends else pieces


def grid_of(rows: Sequence[tuple[SessionDay, bool]], days: tuple[date, ...], zone: str, taken: Taken = NOTHING_TAKEN) -> Grid:
    """The days of sessions, each with whether the reader may move it, and what else is taken, laid out on the reader's clock."""
    place = ZoneInfo(zone)
    by_day: dict[date, list[Entry]] = {}
    by_hour: dict[tuple[date, int], list[Entry]] = {}
    for row, can_move in rows:
        starts = row.starts_at.astimezone(place)
        entry = Entry(row.session, starts, row.ends_at.astimezone(place), can_move)
        by_day.setdefault(starts.date(), []).append(entry)
        by_hour.setdefault((starts.date(), starts.hour), []).append(entry)
    used = {hour for _day, hour in by_hour}
    hours = tuple(range(min(EARLIEST, *used) if used else EARLIEST, (max(LATEST, *used) if used else LATEST) + 1))
    busy_by_day: dict[date, list[Busy]] = {}
    busy_by_hour: dict[tuple[date, int], list[Busy]] = {}
    for each in taken.busy:
        busy_by_day.setdefault(each.starts.date(), []).append(each)
        busy_by_hour.setdefault((each.starts.date(), min(max(each.starts.hour, hours[0]), hours[-1])), []).append(each)
    return Grid(days, hours, by_day, by_hour, busy_by_day, busy_by_hour, taken.closed)


def dropped(session: Session, day: date, hour: int | None, zone: str) -> tuple[date, time, time]:
    """Day and times on the session's own clock when its first day is dropped on a day, and an hour of it or the same time, of the reader's clock."""
    first = session.days[0]
    begins = first.starts_at.astimezone(ZoneInfo(zone))
    at = begins.time() if hour is None else begins.time().replace(hour=hour)
    there = datetime.combine(day, at, tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo(session.time_zone))
    ends = (there.replace(tzinfo=None) + (first.ends_at - first.starts_at)).time()
    return there.date(), there.time(), ends
