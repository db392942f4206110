"""Where a person stands with a requirement on a day: a pure function of facts, never stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from training.compliance.expiry import BY_COMPLETION, Period, RuleClock, periods, window_opens_on

DUE_SOON_DAYS = 14
FAR = date.max


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
class RuleFact:
    """What a rule asks for, in the revision that holds on the day. `since` is when its first revision took effect."""

    id: int
    public_id: UUID
    lineage: UUID
    number: int
    revision: int
    course_id: int
    job_role_id: int | None
    due_days: int
    valid_months: int | None
    window_days: int
    since: date
    until: date | None
    source: str = ""
    clock: RuleClock = BY_COMPLETION

    def earned(self, completed: Iterable[date]) -> list[Period]:
        """The validity each completion earns under this rule, oldest first."""
        return periods(completed, months=self.valid_months, window_days=self.window_days, clock=self.clock)

    def last_day_of_grace(self, due_on: date) -> date:
        """The last day on which what was due is not yet held against anybody."""
        return due_on + timedelta(days=self.clock.grace_days)


@dataclass(frozen=True)
class Stretch:
    """Days in one job role; `until` is the last, None while it goes on."""

    since: date
    until: date | None
    job_role_id: int


@dataclass(frozen=True)
class Spell:
    """Days on which a rule applies to a person without a break."""

    since: date
    until: date | None


@dataclass(frozen=True)
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


def spells(rule: RuleFact, stretches: Sequence[Stretch]) -> list[Spell]:
    """When the rule applied to somebody with these stretches of employment (oldest first)."""
    found: list[Spell] = []
    for stretch in stretches:
        if rule.job_role_id is not None and stretch.job_role_id != rule.job_role_id:
            continue
        since = max(stretch.since, rule.since)
        until = min(stretch.until or FAR, rule.until or FAR)
        if since > until:
            continue
        last = found[-1] if found else None
        if last is not None and last.until is not None and since <= last.until + timedelta(days=1):
            found[-1] = Spell(last.since, None if until == FAR else until)
        else:
            found.append(Spell(since, None if until == FAR else until))
    return found


def judge(
    rule: RuleFact,
    stretches: Sequence[Stretch],
    *,
    completed: Sequence[date],
    exempt: Sequence[tuple[date, date | None]],
    started: Sequence[date],
    on: date,
) -> Judgement:
    """How a person with these facts stands with the rule on the day. Facts later than the day are not looked at."""
    spell = next((s for s in spells(rule, stretches) if s.since <= on and (s.until is None or on <= s.until)), None)
    if spell is None:
        return Judgement(Standing.NOT_REQUIRED)
    for since, until in exempt:
        if since <= on and (until is None or on <= until):
            return Judgement(Standing.EXEMPT, since=spell.since, exempt_until=until)
    period = _latest(rule, spell, completed, on)
    if period is not None:
        return _with_completion(rule, spell, period, started, on)
    due_on = spell.since + timedelta(days=rule.due_days)
    begun = min((day for day in started if day <= on), default=None)
    if on > due_on:
        state = Standing.IN_GRACE if on <= rule.last_day_of_grace(due_on) else Standing.OVERDUE
    elif due_on - on <= timedelta(days=DUE_SOON_DAYS):
        state = Standing.DUE_SOON
    else:
        state = Standing.NOT_STARTED if begun is None else Standing.IN_PROGRESS
    return Judgement(state, since=spell.since, due_on=due_on, started_on=begun)


def _latest(rule: RuleFact, spell: Spell, completed: Sequence[date], on: date) -> Period | None:
    """The latest validity that reaches into the spell; what had lapsed before it began asks for a fresh start."""
    if not completed:
        return None
    earned = rule.earned(day for day in completed if day <= on)
    if not earned:
        return None
    latest = earned[-1]
    return latest if latest.until is None or latest.until >= spell.since else None


def _with_completion(rule: RuleFact, spell: Spell, period: Period, started: Sequence[date], on: date) -> Judgement:
    state = Standing.COMPLIANT
    if period.until is not None:
        if on > period.until:
            state = Standing.IN_GRACE if on <= rule.last_day_of_grace(period.until) else Standing.EXPIRED
        elif on >= window_opens_on(period.until, rule.window_days):
            state = Standing.EXPIRING
    begun = min((day for day in started if period.completed_on < day <= on), default=None)
    return Judgement(state, since=spell.since, due_on=period.until, completed_on=period.completed_on, valid_until=period.until, started_on=begun)


_LOCKABLE = frozenset({Standing.IN_GRACE, Standing.DUE_SOON, Standing.IN_PROGRESS, Standing.NOT_STARTED})


def under_lock(judged: Judgement, locked: Iterable[tuple[date, date | None]], *, on: date) -> Judgement:
    """The judgement with what locks of the exam make of it: from a day on, until the first day without it.

    What is overdue or expired stays so, for that is more urgent, and says the lock beside it; who is in order is not touched.
    """
    since = max((day for day, until in locked if day <= on and (until is None or on < until)), default=None)
    if since is None or judged.state not in OPEN:
        return judged
    return replace(judged, state=Standing.LOCKED if judged.state in _LOCKABLE else judged.state, locked_on=since)
