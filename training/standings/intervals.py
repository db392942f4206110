"""From when until when somebody stands how with a rule: `judge`, asked on each day on which its answer can change. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from training.compliance.audience import FAR
from training.compliance.expiry import window_opens_on
from training.compliance.matrix import judge_cell
from training.compliance.standing import DAY, DUE_SOON, Judgement, RuleFact, Standing, parts, spells
from training.requirements.queries import PersonFacts

Thing = TypeVar("Thing")
Revisions = Sequence[tuple[date, RuleFact]]  # of one rule, oldest first, each with the first day on which it asks in that way

Known = Sequence[tuple[date, PersonFacts]]  # of one person, the same but for what versions end, from a day on; the first from the beginning


@dataclass(frozen=True, slots=True)
class Interval:
    """Days on which somebody stands the same with one revision of a rule; `until` is the last of them, `FAR` while nothing is known to change."""

    rule_id: int
    state: Standing
    since: date
    until: date


def intervals(revisions: Revisions, known: Known) -> list[Interval]:
    """Every day on which the rule asks something of somebody of whom this is known, oldest first; what touches and is the same is one."""
    found: list[Interval] = []
    if not any(spells(rule, known[0][1].stretches) for _first, rule in revisions):
        return found
    cuts = sorted({revisions[0][0], *(day for day, _rule in revisions), *(day for day, _facts in known if day > revisions[0][0])})
    for place, first in enumerate(cuts):
        last = cuts[place + 1] - DAY if place + 1 < len(cuts) else FAR
        rule, facts = _latest(revisions, first), _latest(known, first)
        for since, until, judged in _walk(rule, facts, first, last):
            if judged.state is Standing.NOT_REQUIRED:
                continue
            before = found[-1] if found else None
            if before is not None and (before.rule_id, before.state, before.until + DAY) == (rule.id, judged.state, since):
                found[-1] = Interval(rule.id, judged.state, before.since, until)
            else:
                found.append(Interval(rule.id, judged.state, since, until))
    return found


def _latest(dated: Sequence[tuple[date, Thing]], day: date) -> Thing:
    return [thing for since, thing in dated if since <= day][-1]


def _walk(rule: RuleFact, facts: PersonFacts, first: date, last: date) -> Iterator[tuple[date, date, Judgement]]:
    """From one day on which something may change to the next, with what holds from the one to the day before the other."""
    given = sorted(day for day in _days_of(rule, facts) if first < day <= last)
    day, place = first, 0
    while True:
        judged = judge_cell(rule, facts, on=day)
        while place < len(given) and given[place] <= day:
            place += 1
        following = [ahead for ahead in _days_ahead(rule, judged) if day < ahead <= last]
        if place < len(given):
            following.append(given[place])
        if not following:
            yield day, last, judged
            return
        after = min(following)
        yield day, after - DAY, judged
        day = after


def _days_of(rule: RuleFact, facts: PersonFacts) -> set[date]:
    """The days on which facts begin to hold, and those after which they no longer do."""
    days = {rule.since}
    if rule.until is not None:
        days.add(rule.until + DAY)
    for begin, last, _joined_on in parts(rule.asks, facts.stretches):
        days.update((begin, last + DAY) if last < FAR else (begin,))
    lasting: list[tuple[date, date | None]] = [(away.since, away.until) for away in facts.away]
    for course in rule.courses:
        days.update(facts.completed.get(course, ()))
        days.update(facts.started.get(course, ()))
        lasting += [*facts.exempt.get(course, ()), *facts.equivalent.get(course, ())]
        lasting += [(retake.from_on, retake.until) for retake in rule.retakes.get(course, ())]
        for since, until in facts.locked.get(course, ()):
            days.update((since,) if until is None else (since, until))
    for since, until in lasting:
        days.add(since)
        if until is not None:
            days.add(until + DAY)
    for since, lifted in facts.locked.get(rule.course_id, ()):
        days.update((since,) if lifted is None else (since, lifted))
    return days


def _days_ahead(rule: RuleFact, judged: Judgement) -> Iterator[date]:
    """The days on which time alone changes a standing."""
    if judged.due_on is not None:
        yield judged.due_on - DUE_SOON
        yield judged.due_on + DAY
        yield rule.last_day_of_grace(judged.due_on) + DAY
    if judged.valid_until is not None:
        yield window_opens_on(judged.valid_until, rule.window_days)
        yield judged.valid_until + DAY
        yield rule.last_day_of_grace(judged.valid_until) + DAY
