"""Which completions count for a rule, until when, and why the others do not. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import zip_longest
from typing import Protocol

from training.compliance.audience import FAR
from training.compliance.expiry import Recurrence, RuleClock, end_of_next_period, last_valid_day, next_in_rhythm, window_opens_on
from training.compliance.terms import Combination, Retakes, RuleTerms

DAY = timedelta(days=1)
Rounds = tuple[list["Taken"], set[tuple[int, date]], int]


class Verdict(StrEnum):
    """What became of a completion under a rule."""

    COUNTS = "counts"
    STEP = "step"  # of a curriculum that was not complete on that day
    LAPSED = "lapsed"  # its validity ended before the rule asked
    TOO_OLD = "too_old"  # before the days the rule looks back
    OLD_VERSION = "old_version"  # of a version that no longer counts
    OUT_OF_ORDER = "out_of_order"  # in a curriculum, before the course that comes first


class Rules(Protocol):
    """What is asked of a rule here."""

    @property
    def courses(self) -> tuple[int, ...]: ...
    @property
    def terms(self) -> RuleTerms: ...
    @property
    def retakes(self) -> Retakes: ...
    @property
    def valid_months(self) -> int | None: ...
    @property
    def window_days(self) -> int: ...
    @property
    def clock(self) -> RuleClock: ...


class Facts(Protocol):
    """What is asked of a person's facts here: by course, days oldest first and the versions completed on each."""

    @property
    def completed(self) -> Mapping[int, Sequence[date]]: ...
    @property
    def versions(self) -> Mapping[int, Sequence[int]]: ...
    @property
    def ends(self) -> Mapping[int, Mapping[date, date]]: ...


@dataclass(frozen=True)
class Taken:
    """A day on which what the rule asks was done; `cut` is the last day it can count because of a later version."""

    day: date
    cut: date | None
    course_id: int
    opens_on: date | None = None  # when the later version came into force


@dataclass(frozen=True)
class Earned:
    """What a completion earned: valid to a day (None: for ever), and from when it can be renewed."""

    day: date
    until: date | None
    opens_on: date | None
    is_cut: bool = False  # by a later version


@dataclass(frozen=True)
class Credit:
    """A completion and what became of it."""

    course_id: int
    day: date
    verdict: Verdict
    until: date | None = None


def takings(rule: Rules, facts: Facts, *, on: date | None = None) -> list[Taken]:
    """The days on which what the rule asks was done, up to a day (None: all known), oldest first."""
    if rule.terms.combines is Combination.IN_ORDER:
        return _rounds(rule, facts, on)[0]
    found = [taken for course in rule.courses for taken in _of_course(rule, facts, course, on)]
    return sorted(found, key=lambda taken: taken.day) if len(rule.courses) > 1 else found


def _of_course(rule: Rules, facts: Facts, course: int, on: date | None) -> list[Taken]:
    days = facts.completed.get(course, ())
    retakes, ends = rule.retakes.get(course, ()), facts.ends.get(course, {})
    if not retakes and not ends:
        return [Taken(day, None, course) for day in days if on is None or day <= on]
    found = []
    for day, version in zip_longest(days, facts.versions.get(course, ())):
        if on is not None and day > on:
            break
        cut = min((one for one in retakes if version in one.older and (on is None or one.from_on <= on)), key=lambda one: one.until, default=None)
        end = ends.get(day)  # by a revision of the course, whatever the rule says
        if end is not None and (cut is None or end < cut.until):
            found.append(Taken(day, end, course))
        else:
            found.append(Taken(day, None, course) if cut is None else Taken(day, cut.until, course, cut.from_on))
    return found


def _rounds(rule: Rules, facts: Facts, on: date | None) -> Rounds:
    """The days on which a curriculum was completed; which completions were steps of it; how many steps of the next round are done.

    A course counts from the day on which the one before it was done. What was done twice within a round counts once.
    """
    of = [_of_course(rule, facts, course, on) for course in rule.courses]
    places = [0] * len(of)
    rounds: list[Taken] = []
    steps: set[tuple[int, date]] = set()
    after = date.min
    while True:
        begun: list[Taken] = []
        for step, taken in enumerate(of):
            while places[step] < len(taken) and taken[places[step]].day < after:
                places[step] += 1
            if places[step] >= len(taken):
                steps.update((one.course_id, one.day) for one in begun)
                return rounds, steps, len(begun)
            one = taken[places[step]]
            if one.cut is not None and one.cut < one.day:  # of a version that no longer counted
                places[step] += 1
                continue
            begun.append(one)
            places[step] += 1
            after = one.day
        if len(begun) < len(of):
            steps.update((one.course_id, one.day) for one in begun)
            return rounds, steps, 0
        cut = min((one for one in begun if one.cut is not None), key=lambda one: one.cut or FAR, default=None)
        rounds.append(Taken(begun[-1].day, None if cut is None else cut.cut, begun[-1].course_id, None if cut is None else cut.opens_on))
        steps.update((one.course_id, one.day) for one in begun)


def next_course(rule: Rules, facts: Facts, *, on: date) -> int | None:
    """The course of a curriculum that comes next on the day (inner key); None for a rule without an order."""
    if rule.terms.combines is not Combination.IN_ORDER:
        return None
    return rule.courses[_rounds(rule, facts, on)[2] % len(rule.courses)]


def earned(rule: Rules, taken: Sequence[Taken], *, since: date) -> list[Earned]:
    """The validity of what counts for somebody asked since a day, oldest first. Too long before that day it does not count."""
    first = date.min if rule.terms.look_back_days is None else since - timedelta(days=rule.terms.look_back_days)
    found: list[Earned] = []
    for one in taken:
        if one.day < first or (one.cut is not None and one.cut < one.day):
            continue
        before = found[-1] if found else None
        until = _until(rule, one.day, None if before is None else before.until, begun=before is not None)
        opens = None if until is None else window_opens_on(until, rule.window_days)
        is_cut = one.cut is not None and (until is None or one.cut < until)
        if one.cut is not None and is_cut:
            until, opens = one.cut, one.opens_on or window_opens_on(one.cut, rule.window_days)
        if before is not None and (before.until is None or (until is not None and until <= before.until)):
            until, opens, is_cut = before.until, before.opens_on, before.is_cut
        found.append(Earned(one.day, until, opens, is_cut))
    return found


def _until(rule: Rules, day: date, before: date | None, *, begun: bool) -> date | None:
    months, clock = rule.valid_months, rule.clock
    if months is None or (begun and before is None):
        return None
    if clock.calendar_from is not None:
        return end_of_next_period(day, months, clock.calendar_from)
    renews = before is not None and day >= window_opens_on(before, rule.window_days)
    if before is not None and clock.recurrence is Recurrence.DUE_DATE:
        return next_in_rhythm(before, day, months) if renews else before
    return last_valid_day(before + DAY if before is not None and renews and day <= before else day, months)


def credits_of(rule: Rules, facts: Facts, *, since: date, on: date) -> list[Credit]:
    """What became of each completion up to the day, newest first, for somebody asked since a day."""
    taken = takings(rule, facts, on=on)
    valid = {one.day: one for one in earned(rule, taken, since=since)}
    cuts = {(one.course_id, one.day): one.cut for course in rule.courses for one in _of_course(rule, facts, course, on)}
    in_order = rule.terms.combines is Combination.IN_ORDER
    steps = _rounds(rule, facts, on)[1] if in_order else set()
    first = date.min if rule.terms.look_back_days is None else since - timedelta(days=rule.terms.look_back_days)
    finished = {(one.course_id, one.day) for one in taken}
    found = []
    for course, day in sorted(cuts, key=lambda one: (one[1], one[0]), reverse=True):
        cut, period = cuts[course, day], valid.get(day)
        until = None if period is None else period.until
        if cut is not None and cut < max(day, on):
            verdict, until = Verdict.OLD_VERSION, cut
        elif in_order and (course, day) not in steps:
            verdict = Verdict.OUT_OF_ORDER
        elif in_order and (course, day) not in finished:
            verdict = Verdict.STEP
        elif day < first:
            verdict = Verdict.TOO_OLD
        elif until is not None and until < since:
            verdict = Verdict.LAPSED
        else:
            verdict = Verdict.COUNTS
        found.append(Credit(course, day, verdict, until))
    return found
