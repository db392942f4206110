"""How long completions last, in civil days."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache


class Recurrence(StrEnum):
    """From what the next validity is counted."""

    COMPLETION = "completion"  # from the day of completion; inside the window from the end before
    DUE_DATE = "due_date"  # from the end before, however late: the rhythm stays
    CALENDAR = "calendar"  # in periods that are the same for everybody


@dataclass(frozen=True)
class RuleClock:
    """How a rule counts beyond the day it is due: the days it still allows, and from what it recurs."""

    grace_days: int = 0
    recurrence: Recurrence = Recurrence.COMPLETION
    calendar_from: date | None = None  # the first day of the first calendar period


@dataclass(frozen=True)
class Period:
    """Validity earned by one completion. `until` is the last valid day, None for ever."""

    completed_on: date
    until: date | None

    def covers(self, day: date) -> bool:
        """Whether it is valid on the day."""
        return self.completed_on <= day and (self.until is None or day <= self.until)


BY_COMPLETION = RuleClock()
ONE_DAY = timedelta(days=1)


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


@lru_cache(maxsize=20_000)
def end_of_next_period(day: date, months: int, calendar_from: date) -> date:
    """The last day of the calendar period after the one the day lies in: by then it is to be done again, early or late in the present one."""
    present = max(((day.year - calendar_from.year) * 12 + day.month - calendar_from.month) // months - 1, -1)
    if day >= calendar_from:
        present = max(present, 0)
        while last_valid_day(calendar_from, (present + 1) * months) < day:
            present += 1
    return last_valid_day(calendar_from, (present + 2) * months)


@lru_cache(maxsize=20_000)
def next_in_rhythm(before: date, day: date, months: int) -> date:
    """The first end after `day` and after `before`, in steps of so many months from `before`."""
    steps = 1
    while (until := last_valid_day(before + timedelta(days=1), steps * months)) < day:
        steps += 1
    return until


def periods(completed: Iterable[date], *, months: int | None, window_days: int, clock: RuleClock = BY_COMPLETION) -> list[Period]:
    """The validity each completion earned, oldest first.

    Renewed inside the window, the new validity begins where the old one ends; renewed earlier or after expiry, on the
    day itself. Counted from the due date, the ends keep their rhythm: too early earns nothing more, late earns less.
    Counted by calendar, it ends with the period that follows. Renewing never shortens what was valid before.
    """
    if months is not None and clock.recurrence is not Recurrence.COMPLETION:
        return _in_rhythm(completed, months, window_days, clock)
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


def latest_period(
    completed: Sequence[date], on: date, months: int | None, window_days: int, clock: RuleClock = BY_COMPLETION
) -> tuple[date, date | None] | None:
    """The last of the `periods` of what was completed (oldest first) up to a day, as a pair: what a matrix asks so often that it is written out."""
    if months is None:
        done = None
        for day in completed:
            if day > on:
                break
            done = day
        return None if done is None else (done, None)
    if clock.recurrence is not Recurrence.COMPLETION:
        found = _in_rhythm((day for day in completed if day <= on), months, window_days, clock)
        return (found[-1].completed_on, found[-1].until) if found else None
    done = before = None
    for day in completed:
        if day > on:
            break
        done = day
        if before is None or day > before:
            before = last_valid_day(day, months)
        elif day >= window_opens_on(before, window_days):
            before = last_valid_day(before + ONE_DAY, months)
        else:
            before = max(before, last_valid_day(day, months))
    return None if done is None else (done, before)


def _in_rhythm(completed: Iterable[date], months: int, window_days: int, clock: RuleClock) -> list[Period]:
    found: list[Period] = []
    for day in sorted(completed):
        before = found[-1].until if found else None
        if clock.calendar_from is not None:
            until = end_of_next_period(day, months, clock.calendar_from)
        elif before is None:
            until = last_valid_day(day, months)
        else:
            until = next_in_rhythm(before, day, months) if day >= window_opens_on(before, window_days) else before
        found.append(Period(day, until if before is None else max(until, before)))
    return found
