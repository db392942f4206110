"""How long completions last, in civil days."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache


@dataclass(frozen=True)
class Period:
    """Validity earned by one completion. `until` is the last valid day, None for ever."""

    completed_on: date
    until: date | None

    def covers(self, day: date) -> bool:
        """Whether it is valid on the day."""
        return self.completed_on <= day and (self.until is None or day <= self.until)


@lru_cache(maxsize=20_000)  # ten thousand people share a few thousand days
def last_valid_day(start: date, months: int) -> date:
    """The last day of a validity of so many months that begins on `start`.

    The day before the same day of the later month; where that month is too short to have it, its last day:
    12 months from 12 February end on 11 February, from 29 February 2024 on 28 February 2025.
    """
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    length = monthrange(year, month)[1]
    if start.day > length:
        return date(year, month, length)
    return date(year, month, start.day) - timedelta(days=1)


@lru_cache(maxsize=20_000)
def window_opens_on(until: date, window_days: int) -> date:
    """The first day on which renewing loses no validity: the window's last day is the last valid one."""
    return until - timedelta(days=max(window_days - 1, 0))


def periods(completed: Iterable[date], *, months: int | None, window_days: int) -> list[Period]:
    """The validity each completion earned, oldest first.

    Renewed inside the window, the new validity begins where the old one ends; renewed earlier or after expiry, on the
    day itself. Renewing never shortens what was valid before.
    """
    found: list[Period] = []
    for day in sorted(completed):
        if months is None:
            found.append(Period(day, None))
            continue
        until = last_valid_day(day, months)
        before = found[-1].until if found else None
        if before is not None and day <= before:
            if day >= window_opens_on(before, window_days):
                until = last_valid_day(before + timedelta(days=1), months)
            until = max(until, before)
        found.append(Period(day, until))
    return found
