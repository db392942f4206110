"""When a panel could meet: every seat taken by somebody who works, is free with room before and after, and has a conversation left that day. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from core.calendars.free_slots import Interval, WorkingHours

NOTHING = timedelta(0)
GRID = timedelta(minutes=15)  # times of later rounds are looked for in these steps


@dataclass(frozen=True)
class Availability:
    """One person's time: what they work, what is taken, and what of that counts against their daily cap."""

    key: int
    hours: WorkingHours
    busy: tuple[Interval, ...] = ()
    counted: tuple[Interval, ...] = ()
    buffer: timedelta = NOTHING
    daily_cap: int | None = None

    def works(self, slot: Interval) -> bool:
        """Whether the slot lies in the hours of one working day."""
        zone = ZoneInfo(self.hours.time_zone)
        begins, ends = slot.starts_at.astimezone(zone), slot.ends_at.astimezone(zone)
        day = begins.date()
        if ends.date() != day or day.weekday() not in self.hours.weekdays or day in self.hours.closed:
            return False
        return self.hours.opens <= begins.time() and ends.time() <= self.hours.closes

    def on(self, day: date) -> int:
        """How many conversations the person has on the day, by their own calendar."""
        return sum(self.day_of(interval) == day for interval in self.counted)

    def day_of(self, interval: Interval) -> date:
        """The person's own day on which something begins."""
        return interval.starts_at.astimezone(ZoneInfo(self.hours.time_zone)).date()

    def crowded(self, slot: Interval) -> bool:
        """Whether the slot is free but leaves less room before or after it than the person keeps."""
        wide = Interval(slot.starts_at - self.buffer, slot.ends_at + self.buffer)
        return _touches(wide, self.busy) and not _touches(slot, self.busy)

    def full(self, slot: Interval) -> bool:
        """Whether the person has as many conversations as they hold on the day of the slot."""
        return self.daily_cap is not None and self.on(self.day_of(slot)) >= self.daily_cap

    def free(self, slot: Interval, placed: Sequence[Interval] = ()) -> bool:
        """Whether the person could sit in the slot, besides what was just placed with them: that needs no room before and after."""
        wide = Interval(slot.starts_at - self.buffer, slot.ends_at + self.buffer)
        if not self.works(slot) or _touches(wide, self.busy) or _touches(slot, placed):
            return False
        day = self.day_of(slot)
        return self.daily_cap is None or self.on(day) + sum(self.day_of(each) == day for each in placed) < self.daily_cap


@dataclass(frozen=True)
class Round:
    """One conversation to be placed: each seat is taken by one of its people, and nobody sits twice."""

    length: timedelta
    seats: tuple[tuple[Availability, ...], ...]


class Sitting(NamedTuple):
    """A conversation with its time, and who takes each seat."""

    interval: Interval
    people: tuple[int, ...]


def starts(hours: WorkingHours, window: Interval, step: timedelta) -> list[datetime]:
    """Every instant of the window at which something may begin: from the opening hour of each working day, every step."""
    zone = ZoneInfo(hours.time_zone)
    day, last = window.starts_at.astimezone(zone).date(), window.ends_at.astimezone(zone).date()
    found = []
    while day <= last:
        if day.weekday() in hours.weekdays and day not in hours.closed:
            begins, closes = (datetime.combine(day, at, tzinfo=zone).astimezone(UTC) for at in (hours.opens, hours.closes))
            while begins < closes:
                if window.starts_at <= begins < window.ends_at:
                    found.append(begins)
                begins += step
        day += timedelta(days=1)
    return found


def seated(rounds: Sequence[Round], guest: Availability, begins: datetime, *, rest: timedelta, longest_wait: timedelta) -> tuple[Sitting, ...] | None:
    """The rounds in order, the first at `begins`, each later one as soon as it fits after a rest; None when they do not fit that day.

    Where one of several may sit, whoever has the fewest conversations does.
    """
    sittings: list[Sitting] = []
    placed: dict[int, list[Interval]] = {}
    at, latest = begins, begins
    for wanted in rounds:
        sitting = _first_fit(wanted, guest, placed, at, latest)
        if sitting is None:
            return None
        for key in (guest.key, *sitting.people):
            placed.setdefault(key, []).append(sitting.interval)
        sittings.append(sitting)
        at = sitting.interval.ends_at + rest
        latest = at + longest_wait
    return tuple(sittings)


def _first_fit(wanted: Round, guest: Availability, placed: dict[int, list[Interval]], at: datetime, latest: datetime) -> Sitting | None:
    while at <= latest:
        slot = Interval(at, at + wanted.length)
        if guest.free(slot, placed.get(guest.key, ())):
            people = _seat(wanted.seats, slot, placed)
            if people is not None:
                return Sitting(slot, people)
        at += GRID
    return None


def _seat(seats: Sequence[Sequence[Availability]], slot: Interval, placed: dict[int, list[Interval]]) -> tuple[int, ...] | None:
    able = [sorted((one for one in seat if one.free(slot, placed.get(one.key, ()))), key=_burden) for seat in seats]
    order = sorted(range(len(able)), key=lambda number: len(able[number]))  # the hardest seat first
    taken = _assign([able[number] for number in order], frozenset())
    if taken is None:
        return None
    by_seat = dict(zip(order, taken, strict=True))
    return tuple(by_seat[number] for number in range(len(able)))


def _assign(able: Sequence[Sequence[Availability]], used: frozenset[int]) -> tuple[int, ...] | None:
    if not able:
        return ()
    for one in able[0]:
        if one.key not in used:
            rest = _assign(able[1:], used | {one.key})
            if rest is not None:
                return (one.key, *rest)
    return None


def _burden(one: Availability) -> tuple[int, int]:
    return len(one.counted), one.key


def _touches(slot: Interval, taken: Iterable[Interval]) -> bool:
    return any(interval.starts_at < slot.ends_at and slot.starts_at < interval.ends_at for interval in taken)
