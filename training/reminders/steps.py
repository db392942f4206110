"""At which step somebody is told of what falls due or is overdue, and who else hears of it. Pure, no clock.

A step is reached rather than met: what a weekend kept from being told on its day is told on the next morning.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from training.compliance.standing import OPEN, Judgement, RuleFact, Standing
from training.reminders.models import Audience

AHEAD = (30, 14, 7, 1)  # days before it is due, or before what is held runs out
MANAGER_AFTER, COMPLIANCE_AFTER = 3, 14  # days overdue
EVERY = 7  # days, while it stays overdue
MOST_LEVELS = 5
SILENT = frozenset({Standing.NOT_REQUIRED, Standing.EXEMPT, Standing.ON_LEAVE})
LATE = frozenset({Standing.OVERDUE, Standing.EXPIRED, Standing.LOCKED})


@dataclass(frozen=True)
class Reached:
    """The step of a requirement for each who is to hear of it, with the day it is due."""

    due_on: date
    days_left: int
    steps: Mapping[Audience, int]


def reached(rule: RuleFact, judged: Judgement, *, on: date) -> Reached | None:
    """Who is to hear of a requirement on the day, at which step; None while there is nothing to tell."""
    if judged.due_on is None or judged.state in SILENT:
        return None
    days_left = (judged.due_on - on).days
    if days_left >= 0:
        ahead = step_ahead(days_left)
        return None if ahead is None else Reached(judged.due_on, days_left, {Audience.PERSON: ahead})
    if judged.state not in OPEN:
        return None
    steps = {Audience.PERSON: week_of(-days_left, since=1)}
    late = (on - rule.last_day_of_grace(judged.due_on)).days
    if judged.state in LATE and late >= MANAGER_AFTER:
        steps[Audience.MANAGER] = week_of(late, since=MANAGER_AFTER)
    if judged.state in LATE and late >= COMPLIANCE_AFTER:
        steps[Audience.COMPLIANCE] = week_of(late, since=COMPLIANCE_AFTER)
    return Reached(judged.due_on, days_left, steps)


def step_ahead(days_left: int) -> int | None:
    """The step before the due day: the smallest that is not less than the days left."""
    return min((step for step in AHEAD if days_left <= step), default=None)


def week_of(days: int, *, since: int) -> int:
    """The step of what has been overdue for so many days: -1 in the first week since somebody hears of it, -2 in the next."""
    return -(1 + (days - since) // EVERY)


def nearest_at_work(person: int, managers: Mapping[int, int], away: frozenset[int]) -> int | None:
    """Who above a person hears of them: the nearest who is not on leave, a few levels up at most; nobody where the line bites its tail."""
    seen, current = {person}, person
    for _level in range(MOST_LEVELS):
        above = managers.get(current)
        if above is None or above in seen:
            return None
        if above not in away:
            return above
        seen.add(above)
        current = above
    return None
