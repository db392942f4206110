"""The periods decisions are counted by: whole quarters, as many as it takes until enough was decided. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

ENOUGH = 50  # decisions, whatever was answered to the survey: so the length of a period tells nothing about answers


@dataclass(frozen=True)
class Period:
    """From the first day of a quarter to the last of the same or a later one."""

    since_on: date
    until_on: date


def quarter(day: date) -> date:
    """The first day of the day's quarter."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def next_quarter(day: date) -> date:
    """The first day of the quarter after the day's."""
    first = quarter(day)
    return first.replace(year=first.year + (first.month + 2) // 12, month=(first.month + 2) % 12 + 1)


def periods_over(decided: Mapping[date, int], *, before: date) -> list[Period]:
    """The periods that are over, of the decisions by quarter that no period has yet. What is too little waits for the quarter to come."""
    found: list[Period] = []
    since, count = None, 0
    for first in sorted(first for first in decided if next_quarter(first) <= quarter(before)):
        since, count = since or first, count + decided[first]
        if count >= ENOUGH:
            found.append(Period(since, next_quarter(first) - timedelta(days=1)))
            since, count = None, 0
    return found
