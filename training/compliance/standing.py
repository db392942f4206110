"""Where a person stands with a requirement on a day: a pure function of facts, never stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from training.compliance.audience import FAR, Audience
from training.compliance.audience import Stretch as Stretch
from training.compliance.credit import earned, takings
from training.compliance.expiry import Period, latest_period, window_opens_on
from training.compliance.rule import RuleFact as RuleFact

DUE_SOON_DAYS = 14
DUE_SOON = timedelta(days=DUE_SOON_DAYS)
DAY = timedelta(days=1)
Part = tuple[date, date, date | None]  # first and last day in an audience, without a break, and the first of that employment


class Standing(StrEnum):
    """How a person stands with a requirement, most urgent first."""

    OVERDUE = "overdue"
    EXPIRED = "expired"
    LOCKED = "locked"  # the last attempt failed; somebody must open another
    IN_GRACE = "in_grace"  # past its day, within the days the rule still allows
    DUE_SOON = "due_soon"
    EXPIRING = "expiring"
    IN_PROGRESS = "in_progress"
    NOT_STARTED = "not_started"
    COMPLIANT = "compliant"
    EQUIVALENT = "equivalent"  # met by something else that was accepted in its place
    EXEMPT = "exempt"
    ON_LEAVE = "on_leave"  # the clock stands still
    NOT_REQUIRED = "not_required"


IN_ORDER = frozenset({Standing.COMPLIANT, Standing.EXPIRING, Standing.EQUIVALENT, Standing.EXEMPT, Standing.ON_LEAVE})
OPEN = frozenset(
    {
        Standing.OVERDUE,
        Standing.EXPIRED,
        Standing.LOCKED,
        Standing.IN_GRACE,
        Standing.DUE_SOON,
        Standing.EXPIRING,
        Standing.IN_PROGRESS,
        Standing.NOT_STARTED,
    }
)


@dataclass(frozen=True)
class Spell:
    """Days on which a rule applies to a person without a break."""

    since: date
    until: date | None
    joined_on: date | None = None  # the first day of the employment in which it began


NO_ENDS: Mapping[date, date] = {}


@dataclass(frozen=True, init=False)
class Judgement:
    """A standing and the dates it follows from."""

    state: Standing
    since: date | None = None  # required since
    due_on: date | None = None
    completed_on: date | None = None
    valid_until: date | None = None
    exempt_until: date | None = None
    started_on: date | None = None
    locked_on: date | None = None  # since when the exam is locked, if it is on the day
    ended_by_version: bool = False  # it counts no longer than that because a new version is to be completed
    away_until: date | None = None  # the last day of the leave that stops the clock

    def __init__(
        self,
        state: Standing,
        since: date | None = None,
        due_on: date | None = None,
        completed_on: date | None = None,
        valid_until: date | None = None,
        exempt_until: date | None = None,
        started_on: date | None = None,
        ended_by_version: bool = False,
        away_until: date | None = None,
        locked_on: date | None = None,
    ) -> None:
        own = self.__dict__  # a matrix makes hundreds of thousands: what `frozen` does for each field takes longer than judging
        own["state"], own["since"], own["due_on"], own["completed_on"] = state, since, due_on, completed_on
        own["valid_until"], own["exempt_until"], own["started_on"] = valid_until, exempt_until, started_on
        own["ended_by_version"], own["away_until"], own["locked_on"] = ended_by_version, away_until, locked_on


NOT_ASKED = Judgement(Standing.NOT_REQUIRED)


def parts(asks: Audience | int | None, stretches: Sequence[Stretch]) -> list[Part]:
    """When somebody with these stretches of employment (oldest first) belongs to those asked, whatever rule asks them."""
    found: list[Part] = []
    for stretch in stretches:
        if asks is None or asks == stretch.job_role_id:
            asked = [(stretch.since, stretch.until or FAR)]
        elif isinstance(asks, Audience):
            asked = asks.parts(stretch)
        else:
            continue
        for since, last in asked:
            if found and found[-1][1] != FAR and since <= found[-1][1] + DAY:
                found[-1] = (found[-1][0], last, found[-1][2])
            else:
                found.append((since, last, stretch.hired_on))
    return found


def part_on(asks: Audience | int | None, stretches: Sequence[Stretch], on: date) -> Part | None:
    """The days without a break, around one day, in which somebody belongs to those asked; None where they do not."""
    return next((part for part in parts(asks, stretches) if part[0] <= on <= part[1]), None)


def may_ask(rule: RuleFact, job_role_id: int) -> bool:
    """Whether the rule asks somebody in the job role, there being a department, place, kind of contract or tag for which it does."""
    return rule.job_role_id in (None, job_role_id) if rule.audience is None else rule.audience.may_ask(job_role_id)


def spells(rule: RuleFact, stretches: Sequence[Stretch]) -> list[Spell]:
    """When the rule applied to somebody with these stretches of employment (oldest first)."""
    found: list[Spell] = []
    ends = rule.until or FAR
    for begin, last, joined_on in parts(rule.asks, stretches):
        since, until = max(begin, rule.since), min(last, ends)
        if since <= until:
            found.append(Spell(since, None if until == FAR else until, joined_on))
    return found


def judge(
    rule: RuleFact,
    stretches: Sequence[Stretch],
    *,
    completed: Sequence[date],
    exempt: Sequence[tuple[date, date | None]],
    started: Sequence[date],
    on: date,
    ends: Mapping[date, date] = NO_ENDS,
) -> Judgement:
    """How a person with these facts stands with the rule on the day. Facts later than the day are not looked at.

    `ends` are days of completion to the last day each counts, where a revision of the course in force on the day ends it.
    """
    part = part_on(rule.asks, stretches, on)
    return NOT_ASKED if part is None else judge_part(rule, part, completed=sorted(completed), exempt=exempt, started=started, on=on, ends=ends)


def judge_part(
    rule: RuleFact,
    part: Part,
    *,
    completed: Sequence[date],
    exempt: Sequence[tuple[date, date | None]],
    started: Sequence[date],
    on: date,
    ends: Mapping[date, date] = NO_ENDS,
) -> Judgement:
    """The same of somebody who belongs to those asked from the first to the last day of the part, around the day."""
    if on < rule.since or (rule.until is not None and on > rule.until):
        return NOT_ASKED
    since = part[0] if part[0] >= rule.since else rule.since
    for begin, until in exempt:
        if begin <= on and (until is None or on <= until):
            return Judgement(Standing.EXEMPT, since, exempt_until=until)
    if completed:
        period = _latest_counted(rule, completed, on, ends) if ends else latest_period(completed, on, rule.valid_months, rule.window_days, rule.clock)
        # what had lapsed before it was asked asks for a fresh start
        if period is not None and (period[1] is None or period[1] >= since):
            opens = None if period[1] is None else window_opens_on(period[1], rule.window_days)
            judged = _with_completion(rule, since, (period[0], period[1], opens), started, on)
            return replace(judged, ended_by_version=True) if ends and ends.get(period[0]) == period[1] else judged
    return _without(rule, since, part[2], started, on)


def counted(earned: Iterable[Period], ends: Mapping[date, date]) -> list[Period]:
    """The periods as they count beside these ends, oldest completion first; those completed after their end are left out."""
    found = []
    for period in earned:
        end = ends.get(period.completed_on)
        if end is None or (period.until is not None and period.until <= end):
            found.append(period)
        elif period.completed_on <= end:
            found.append(Period(period.completed_on, end))
    return found


def _latest_counted(rule: RuleFact, completed: Sequence[date], on: date, ends: Mapping[date, date]) -> tuple[date, date | None] | None:
    """Day and last day of the validity that lasts longest beside these ends."""
    earned = counted(rule.earned(day for day in completed if day <= on), ends)
    if not earned:
        return None
    latest = max(earned, key=lambda period: period.until or FAR)
    return latest.completed_on, latest.until


class PersonKnown(Protocol):
    """What is known of a person, by course (inner key)."""

    @property
    def completed(self) -> Mapping[int, Sequence[date]]: ...
    @property
    def versions(self) -> Mapping[int, Sequence[int]]: ...
    @property
    def ends(self) -> Mapping[int, Mapping[date, date]]: ...
    @property
    def exempt(self) -> Mapping[int, Sequence[tuple[date, date | None]]]: ...
    @property
    def started(self) -> Mapping[int, Sequence[date]]: ...


def judge_known(rule: RuleFact, part: Part, facts: PersonKnown, *, on: date) -> Judgement:
    """The same for any rule, also one of several courses, or for which not every completion counts: each is weighed."""
    if on < rule.since or (rule.until is not None and on > rule.until):
        return NOT_ASKED
    since = part[0] if part[0] >= rule.since else rule.since
    ends = [_exempt_until(facts.exempt.get(course, ()), on) for course in rule.courses]
    if all(ends):
        return Judgement(Standing.EXEMPT, since, exempt_until=_shortest(ends))
    started = sorted(day for course in rule.courses for day in facts.started.get(course, ()))
    valid = earned(rule, takings(rule, facts, on=on), since=since)
    if valid and (valid[-1].until is None or valid[-1].until >= since):
        latest = valid[-1]
        judged = _with_completion(rule, since, (latest.day, latest.until, latest.opens_on), started, on)
        return replace(judged, ended_by_version=True) if latest.is_cut else judged
    return _without(rule, since, part[2], started, on)


def _exempt_until(exempt: Sequence[tuple[date, date | None]], on: date) -> date | None:
    return next((until or FAR for begin, until in exempt if begin <= on and (until is None or on <= until)), None)


def _shortest(ends: Sequence[date | None]) -> date | None:
    until = min(end for end in ends if end is not None)
    return None if until == FAR else until


def _without(rule: RuleFact, since: date, joined_on: date | None, started: Sequence[date], on: date) -> Judgement:
    due_on = rule.first_due(since, joined_on)
    begun = min((day for day in started if day <= on), default=None) if started else None
    if on > due_on:
        state = Standing.IN_GRACE if on <= rule.last_day_of_grace(due_on) else Standing.OVERDUE
    elif due_on - on <= DUE_SOON:
        state = Standing.DUE_SOON
    else:
        state = Standing.NOT_STARTED if begun is None else Standing.IN_PROGRESS
    return Judgement(state, since, due_on, started_on=begun)


def _with_completion(rule: RuleFact, since: date, period: tuple[date, date | None, date | None], started: Sequence[date], on: date) -> Judgement:
    done, until, opens = period
    state = Standing.COMPLIANT
    if until is not None:
        if on > until:
            state = Standing.IN_GRACE if on <= rule.last_day_of_grace(until) else Standing.EXPIRED
        elif opens is not None and on >= opens:
            state = Standing.EXPIRING
    begun = min((day for day in started if done < day <= on), default=None) if started else None
    return Judgement(state, since, until, done, until, started_on=begun)


_LOCKABLE = frozenset({Standing.IN_GRACE, Standing.DUE_SOON, Standing.IN_PROGRESS, Standing.NOT_STARTED})


def under_lock(judged: Judgement, locked: Iterable[tuple[date, date | None]], *, on: date) -> Judgement:
    """The judgement with what locks of the exam make of it: from a day on, until the first day without it.

    What is overdue or expired stays so, for that is more urgent, and says the lock beside it; who is in order is not touched.
    """
    since = max((day for day, until in locked if day <= on and (until is None or on < until)), default=None)
    if since is None or judged.state not in OPEN:
        return judged
    return replace(judged, state=Standing.LOCKED if judged.state in _LOCKABLE else judged.state, locked_on=since)
