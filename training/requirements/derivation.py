"""What the rules assign to a person: computed anew from facts each time, so that doing it twice gives the same."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import NamedTuple, Protocol

from training.compliance.allowances import Away, due_after
from training.compliance.audience import FAR
from training.compliance.credit import Earned, Facts, earned, takings
from training.compliance.expiry import window_opens_on
from training.compliance.standing import NO_ENDS, RuleFact, Spell, Stretch, counted, spells


@dataclass(frozen=True)
class Asked:
    """One cycle of a requirement: when it can be done, by when it must be, the last day it was asked, and when it was met."""

    cycle: int
    available_on: date
    due_on: date
    ended_on: date | None
    met_on: date | None
    rule: RuleFact  # the strictest of those that ask it


class Known(NamedTuple):
    """Completions of one course alone."""

    completed: Mapping[int, Sequence[date]]
    versions: Mapping[int, Sequence[int]]
    ends: Mapping[int, Mapping[date, date]]
    away: Sequence[Away] = ()


def asked(
    rule: RuleFact, stretches: Sequence[Stretch], *, completed: Sequence[date], ends: Mapping[date, date] = NO_ENDS, away: Sequence[Away] = ()
) -> list[Asked]:
    """Every cycle a rule of one course asks of somebody who completed it on these days.

    `ends` are days of completion to the last day each counts, where a revision of the course ends it.
    """
    return asked_by(rule, stretches, Known({rule.course_id: completed}, {}, {rule.course_id: ends}, away))


class KnownOf(Facts, Protocol):
    """What is asked of a person's facts here."""

    @property
    def away(self) -> Sequence[Away]: ...


def asked_by(rule: RuleFact, stretches: Sequence[Stretch], facts: KnownOf) -> list[Asked]:
    """Every cycle the rule asks of somebody with these facts: once at the start, once for each validity that ends.

    What falls due within a leave is due so many days after the return.
    """
    taken = [] if rule.is_plain else takings(rule, facts)
    plain = _plainly_earned(rule, facts) if rule.is_plain else []
    found: list[Asked] = []
    for spell in spells(rule, stretches):
        valid = plain if rule.is_plain else earned(rule, taken, since=spell.since)
        due_on = rule.first_due(spell.since, spell.joined_on)
        found.append(Asked(0, rule.opens_on(spell.since, due_on), due_on, spell.until, _met_first(spell, valid), rule))
        found.extend(_renewals(rule, spell, valid))
    return [replace(one, cycle=cycle, due_on=due_after(one.due_on, facts.away)) for cycle, one in enumerate(found, start=1)]


def _plainly_earned(rule: RuleFact, facts: Facts) -> list[Earned]:
    """The validity of each completion where every one counts, as standings reckon it."""
    periods = counted(rule.earned(facts.completed.get(rule.course_id, ())), facts.ends.get(rule.course_id, NO_ENDS))
    return [Earned(one.completed_on, one.until, None if one.until is None else window_opens_on(one.until, rule.window_days)) for one in periods]


def _met_first(spell: Spell, valid: Sequence[Earned]) -> date | None:
    """When what was asked at the start was met: by the first that was valid then or came later."""
    return next((_within(spell, one.day) for one in valid if one.until is None or one.until >= spell.since), None)


def _within(spell: Spell, day: date | None) -> date | None:
    """The day, unless nobody asked for it any more."""
    return None if day is None or (spell.until is not None and day > spell.until) else day


def _renewals(rule: RuleFact, spell: Spell, valid: Sequence[Earned]) -> list[Asked]:
    found: list[Asked] = []
    for period, following in zip_longest(valid, valid[1:]):
        if period.until is None or period.opens_on is None or period.until < spell.since:
            continue
        if spell.until is not None and period.opens_on > spell.until:
            continue
        if following is not None and following.day < period.opens_on:
            continue  # renewed before it was asked: the later validity asks instead
        found.append(Asked(0, period.opens_on, period.until, spell.until, _within(spell, None if following is None else following.day), rule))
    return found


def merged(rows: Iterable[Asked]) -> list[Asked]:
    """The cycles of rules that ask the same of somebody, as one chain: what one completion meets, or none has met, is one cycle.

    It can be done from the earliest day on, is due on the earliest, and is asked as long as one of them asks.
    """
    by_meeting: dict[date | None, list[Asked]] = defaultdict(list)
    for row in rows:
        by_meeting[row.met_on].append(row)
    found: list[Asked] = []
    for together in by_meeting.values():
        chain: list[Asked] = []
        for row in sorted(together, key=_order):
            last = chain[-1] if chain else None
            if last is not None and row.available_on <= (last.ended_on or FAR) and not _same_rule(last, row):
                chain[-1] = _joined(last, row)
            else:
                chain.append(row)
        found.extend(chain)
    return [replace(row, cycle=cycle) for cycle, row in enumerate(sorted(found, key=_order), start=1)]


def _order(row: Asked) -> tuple[date, date, date, int]:
    return row.available_on, row.due_on, row.met_on or FAR, row.rule.number


def _same_rule(one: Asked, other: Asked) -> bool:
    return one.rule.lineage == other.rule.lineage


def _joined(one: Asked, other: Asked) -> Asked:
    strict = min(one, other, key=lambda row: (row.due_on, row.rule.number))
    ended = None if one.ended_on is None or other.ended_on is None else max(one.ended_on, other.ended_on)
    return Asked(0, min(one.available_on, other.available_on), strict.due_on, ended, one.met_on, strict.rule)
