"""Free times under the local day they begin on. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from hiring.scheduling.finding import FreeTime


@dataclass(frozen=True)
class Clock:
    """One round of a free time, by a reader's clock."""

    starts: datetime
    ends: datetime
    people: tuple[int, ...]


@dataclass(frozen=True)
class Line:
    """A free time by a reader's clock; `value` names it in forms."""

    value: str
    starts: datetime
    ends: datetime
    rounds: tuple[Clock, ...]


def by_day(times: Iterable[FreeTime], zone: str) -> dict[date, list[Line]]:
    """The times under their days, as clocks in the zone show them."""
    there = ZoneInfo(zone)
    days: dict[date, list[Line]] = {}
    for free in times:
        rounds = tuple(
            Clock(sitting.interval.starts_at.astimezone(there), sitting.interval.ends_at.astimezone(there), sitting.people)
            for sitting in free.sittings
        )
        line = Line(free.starts_at.isoformat(), rounds[0].starts, rounds[-1].ends, rounds)
        days.setdefault(line.starts.date(), []).append(line)
    return days
