"""A week or a month of sessions as a grid. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

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
class Grid:
    """Days as columns of a week, or as weeks of a month, with what lies in them: entries by day, and in a week by day and hour."""

    days: tuple[date, ...]
    hours: tuple[int, ...] = ()
    by_day: dict[date, list[Entry]] = field(default_factory=dict)
    by_hour: dict[tuple[date, int], list[Entry]] = field(default_factory=dict)

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


def grid_of(rows: Sequence[tuple[SessionDay, bool]], days: tuple[date, ...], zone: str) -> Grid:
    """The days of sessions, each with whether the reader may move it, laid out on the reader's clock."""
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
    return Grid(days, hours, by_day, by_hour)


def dropped(session: Session, day: date, hour: int | None, zone: str) -> tuple[date, time, time]:
    """Day and times on the session's own clock when its first day is dropped on a day, and an hour of it or the same time, of the reader's clock."""
    first = session.days[0]
    begins = first.starts_at.astimezone(ZoneInfo(zone))
    at = begins.time() if hour is None else begins.time().replace(hour=hour)
    there = datetime.combine(day, at, tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo(session.time_zone))
    ends = (there.replace(tzinfo=None) + (first.ends_at - first.starts_at)).time()
    return there.date(), there.time(), ends
