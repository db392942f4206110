"""When people could meet: working hours less what is taken, cut into slots. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo


class Interval(NamedTuple):
    """Time from one instant until just before another."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class WorkingHours:
    """When somebody works: local hours on weekdays (Monday is 0), except on closed days."""

    time_zone: str
    opens: time = time(9)
    closes: time = time(18)
    weekdays: frozenset[int] = frozenset(range(5))
    closed: frozenset[date] = field(default_factory=frozenset)


def free_slots(
    busy: Iterable[Interval], working_hours: Sequence[WorkingHours], window: Interval, length: timedelta, step: timedelta
) -> list[Interval]:
    """Every slot of the length inside the window and everyone's working hours that touches nothing busy, in UTC.

    Slots begin at the opening hour of the first working hours and every `step` after it, so that they begin at round times.
    """
    if length <= timedelta(0) or step <= timedelta(0):
        raise ValueError("length and step must be longer than nothing")
    if not working_hours:
        raise ValueError("someone's working hours are needed")
    taken = sorted(busy)
    others = [_open_days(hours, window) for hours in working_hours[1:]]
    slots = []
    for day in _open_days(working_hours[0], window):
        begins = day.starts_at
        while begins + length <= day.ends_at:
            slot = Interval(begins, begins + length)
            if _inside(slot, [window]) and all(_inside(slot, days) for days in others) and not _touches(slot, taken):
                slots.append(slot)
            begins += step
    return slots


def _open_days(hours: WorkingHours, window: Interval) -> list[Interval]:
    zone = ZoneInfo(hours.time_zone)
    day, last = window.starts_at.astimezone(zone).date(), window.ends_at.astimezone(zone).date()
    days = []
    while day <= last:
        if day.weekday() in hours.weekdays and day not in hours.closed:
            # instants in UTC, so that a change of the clock inside the day neither doubles nor loses an hour
            opens, closes = (datetime.combine(day, at, tzinfo=zone).astimezone(UTC) for at in (hours.opens, hours.closes))
            days.append(Interval(opens, closes))
        day += timedelta(days=1)
    return days


def _inside(slot: Interval, intervals: Sequence[Interval]) -> bool:
    return any(interval.starts_at <= slot.starts_at and slot.ends_at <= interval.ends_at for interval in intervals)


def _touches(slot: Interval, taken: Sequence[Interval]) -> bool:
    return any(interval.starts_at < slot.ends_at and slot.starts_at < interval.ends_at for interval in taken)
