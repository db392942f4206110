"""From when until when somebody stands how with a rule: `judge`, asked on each day on which its answer can change. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from training.compliance.expiry import window_opens_on
from training.compliance.matrix import judge_cell
from training.compliance.standing import DUE_SOON_DAYS, FAR, Judgement, RuleFact, Standing, spells
from training.requirements.queries import PersonFacts

_DAY = timedelta(days=1)
Revisions = Sequence[tuple[date, RuleFact]]  # of one rule, oldest first, each with the first day on which it asks in that way


@dataclass(frozen=True, slots=True)
class Interval:
    """Days on which somebody stands the same with one revision of a rule; `until` is the last of them, `FAR` while nothing is known to change."""

    rule_id: int
    state: Standing
    since: date
    until: date


def intervals(revisions: Revisions, facts: PersonFacts) -> list[Interval]:
    """Every day on which the rule asks something of somebody with these facts, oldest first; what touches and is the same is one."""
    found: list[Interval] = []
    if not any(spells(rule, facts.stretches) for _first, rule in revisions):
        return found
    for place, (first, rule) in enumerate(revisions):
        last = revisions[place + 1][0] - _DAY if place + 1 < len(revisions) else FAR
        for since, until, judged in _walk(rule, facts, first, last):
            if judged.state is Standing.NOT_REQUIRED:
                continue
            before = found[-1] if found else None
            if before is not None and (before.rule_id, before.state, before.until + _DAY) == (rule.id, judged.state, since):
                found[-1] = Interval(rule.id, judged.state, before.since, until)
            else:
                found.append(Interval(rule.id, judged.state, since, until))
    return found


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
        yield day, after - _DAY, judged
        day = after


def _days_of(rule: RuleFact, facts: PersonFacts) -> set[date]:
    """The days on which facts begin to hold, and those after which they no longer do."""
    days = {rule.since}
    if rule.until is not None:
        days.add(rule.until + _DAY)
    for stretch in facts.stretches:
        days.add(stretch.since)
        if stretch.until is not None:
            days.add(stretch.until + _DAY)
    days.update(facts.completed.get(rule.course_id, ()))
    days.update(facts.started.get(rule.course_id, ()))
    for since, until in facts.exempt.get(rule.course_id, ()):
        days.add(since)
        if until is not None:
            days.add(until + _DAY)
    return days


def _days_ahead(rule: RuleFact, judged: Judgement) -> Iterator[date]:
    """The days on which time alone changes a standing."""
    if judged.due_on is not None:
        yield judged.due_on - timedelta(days=DUE_SOON_DAYS)
        yield judged.due_on + _DAY
        yield rule.last_day_of_grace(judged.due_on) + _DAY
    if judged.valid_until is not None:
        yield window_opens_on(judged.valid_until, rule.window_days)
        yield judged.valid_until + _DAY
        yield rule.last_day_of_grace(judged.valid_until) + _DAY
