"""What the rules assign to a person: computed anew from facts each time, so that doing it twice gives the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest

from training.compliance.expiry import Period, window_opens_on
from training.compliance.standing import NO_ENDS, RuleFact, Spell, Stretch, counted, spells


@dataclass(frozen=True)
class Asked:
    """One cycle of a requirement: when it can be done, by when it must be, and the last day it was asked."""

    cycle: int
    available_on: date
    due_on: date
    ended_on: date | None


def asked(rule: RuleFact, stretches: Sequence[Stretch], *, completed: Sequence[date], ends: Mapping[date, date] = NO_ENDS) -> list[Asked]:
    """Every cycle the rule asks of somebody with these facts: once at the start, once for each validity that ends.

    `ends` are days of completion to the last day each counts, where a revision of the course ends it.
    """
    earned = counted(rule.earned(completed), ends)
    found: list[tuple[date, date, date | None]] = []
    for spell in spells(rule, stretches):
        found.append((spell.since, spell.since + timedelta(days=rule.due_days), spell.until))
        found.extend(_renewals(rule, spell, earned))
    return [Asked(cycle, *days) for cycle, days in enumerate(found, start=1)]


def _renewals(rule: RuleFact, spell: Spell, earned: Sequence[Period]) -> list[tuple[date, date, date | None]]:
    found: list[tuple[date, date, date | None]] = []
    for period, following in zip_longest(earned, earned[1:]):
        if period.until is None or period.until < spell.since:
            continue
        opens = window_opens_on(period.until, rule.window_days)
        if spell.until is not None and opens > spell.until:
            continue
        if following is not None and following.completed_on < opens:
            continue  # renewed before it was asked: the later validity asks instead
        found.append((opens, period.until, spell.until))
    return found
