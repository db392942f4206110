"""The way from the start to working alone: which steps decide the day, and by how much each slips when something moves. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ONE_DAY = timedelta(days=1)


class StepKind(StrEnum):
    """What has to happen."""

    START = "start"
    TASK = "task"
    SESSION = "session"
    UNPLANNED_SESSION = "unplanned_session"
    CERTIFICATE = "certificate"
    GATE = "gate"


@dataclass(frozen=True)
class Step:
    """One thing that is still to be done.

    It is done at the earliest `lag` calendar days after each step named in `after`, and not before the day `not_before`; or just on `fixed_on`,
    even in the past.
    """

    key: str
    kind: StepKind
    title: str
    after: tuple[tuple[str, int], ...] = ()  # key of the step before, and the lag
    not_before: date | None = None
    fixed_on: date | None = None
    owner: str = ""
    url: str = ""


@dataclass(frozen=True)
class Placed:
    """A step with the day it can be done, the step that decides it (None: a day of its own), and by how many days it may slip without harm."""

    step: Step
    done_on: date
    because: str | None
    slack: int


@dataclass(frozen=True)
class Slip:
    """A step and how many days later (or, negative, earlier) it is done than before."""

    step: Step
    was_on: date
    will_be_on: date

    @property
    def days(self) -> int:
        """By how many calendar days it moves."""
        return (self.will_be_on - self.was_on).days


class CircularSteps(ValueError):
    """Steps wait for one another in a circle, or for one that is not there."""


def place(steps: Sequence[Step], *, today: date, is_business_day: Callable[[date], bool]) -> dict[str, Placed]:
    """The earliest business day of each step, none before today. Raises CircularSteps."""
    by_key = {step.key: step for step in steps}
    days: dict[str, date] = {}
    because: dict[str, str | None] = {}
    for key in _in_order(by_key):
        step = by_key[key]
        days[key], because[key] = _next(step.fixed_on or max(today, step.not_before or today), is_business_day), None
        for before, lag in step.after:
            ready = _next(days[before] + lag * ONE_DAY, is_business_day)
            if ready > days[key] or (ready == days[key] and because[key] is None and ready > today):
                days[key], because[key] = ready, before
    latest = _latest(by_key, days)
    return {key: Placed(by_key[key], days[key], because[key], (latest[key] - days[key]).days) for key in by_key}


def _next(day: date, is_business_day: Callable[[date], bool]) -> date:
    while not is_business_day(day):
        day += ONE_DAY
    return day


def _in_order(by_key: Mapping[str, Step]) -> list[str]:
    """Every key after those it waits for."""
    order: list[str] = []
    left = dict(by_key)
    while left:
        free = [key for key, step in left.items() if all(before not in left for before, _lag in step.after)]
        if not free or any(before not in by_key for step in left.values() for before, _lag in step.after):
            raise CircularSteps(", ".join(sorted(left)))
        order += free
        for key in free:
            del left[key]
    return order


def _latest(by_key: Mapping[str, Step], days: Mapping[str, date]) -> dict[str, date]:
    """The last day on which each step could be done without moving the end."""
    end = max(days.values(), default=None)
    latest: dict[str, date] = {}
    for key in reversed(_in_order(by_key)):
        bounds = [latest[other] - lag * ONE_DAY for other, step in by_key.items() for before, lag in step.after if before == key]
        latest[key] = max(days[key], min(bounds)) if bounds else (end or days[key])
    return latest


def ready_on(placed: Mapping[str, Placed]) -> date | None:
    """The day the last step is done; None when there is none."""
    return max((one.done_on for one in placed.values()), default=None)


def critical_path(placed: Mapping[str, Placed]) -> list[Placed]:
    """The steps that decide the day, first to last: from the last step back through what decides each."""
    if not placed:
        return []
    one: Placed | None = max(placed.values(), key=lambda each: (each.done_on, -each.slack, each.because is not None))
    path: list[Placed] = []
    while one is not None:
        path.append(one)
        one = placed[one.because] if one.because is not None else None
    return path[::-1]


def slips(before: Mapping[str, Placed], after: Mapping[str, Placed]) -> list[Slip]:
    """What moves from one plan to another, what moves most first; steps that are in both."""
    found = [Slip(one.step, before[key].done_on, one.done_on) for key, one in after.items() if key in before]
    moved = [slip for slip in found if slip.days]
    return sorted(moved, key=lambda slip: (-abs(slip.days), slip.will_be_on, slip.step.key))
