"""What stands in for a completion or stops the clock: equivalences, and leaves of absence. Pure, no clock."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from training.compliance.standing import DUE_SOON_DAYS, Judgement, RuleFact, Standing, Stretch

UNTOUCHED = frozenset({Standing.NOT_REQUIRED, Standing.EXEMPT})
MET = frozenset({Standing.COMPLIANT, Standing.EQUIVALENT})
Days = tuple[date, date | None]  # from a day until a last one; None goes on


class Away(NamedTuple):
    """A leave: its days, and how many days after the return there are to catch up."""

    since: date
    until: date | None
    return_days: int


def allow(rule: RuleFact, judged: Judgement, *, equivalent: Sequence[Days] = (), away: Sequence[Away] = (), on: date) -> Judgement:
    """The judgement once equivalences and leaves are looked at. Neither ever makes anybody worse off."""
    if judged.state in UNTOUCHED:
        return judged
    return _on_leave(rule, _equivalent(rule, judged, equivalent, on), away, on)


def _equivalent(rule: RuleFact, judged: Judgement, equivalent: Sequence[Days], on: date) -> Judgement:
    """Something accepted in the place of a completion, where it reaches further than the completion does."""
    begun = [days for days in equivalent if days[0] <= on and judged.since is not None and (days[1] is None or days[1] >= judged.since)]
    if not begun or judged.state is Standing.COMPLIANT:
        return judged
    since, until = max(begun, key=lambda days: (days[1] is None, days[1] or days[0], days[0]))
    if judged.completed_on is not None and until is not None and judged.valid_until is not None and until <= judged.valid_until:
        return judged
    found = replace(judged, completed_on=since, valid_until=until, due_on=until, ended_by_version=False)
    first_due = judged.due_on if judged.completed_on is None else None
    if until is None or on <= until:
        return replace(found, state=Standing.EQUIVALENT, due_on=until if first_due is None or until is None else max(until, first_due))
    if first_due is not None and first_due > until:
        return judged  # it ended while the first time was still to come
    return replace(found, state=Standing.IN_GRACE if on <= rule.last_day_of_grace(until) else Standing.EXPIRED)


def _on_leave(rule: RuleFact, judged: Judgement, away: Sequence[Away], on: date) -> Judgement:
    present = next((leave for leave in away if leave.since <= on and (leave.until is None or on <= leave.until)), None)
    due_on = None if judged.due_on is None else due_after(judged.due_on, away, on=on)
    moved = replace(judged, due_on=due_on)
    if present is not None and judged.state not in MET:
        return replace(moved, state=Standing.ON_LEAVE, away_until=present.until)
    if judged.due_on is None or due_on is None or due_on == judged.due_on:
        return judged
    return replace(moved, state=_state_by(rule, judged, due_on, on))


def _state_by(rule: RuleFact, judged: Judgement, due_on: date, on: date) -> Standing:
    if judged.state in MET or judged.state is Standing.EXPIRING or judged.state is Standing.LOCKED:
        return judged.state
    if on > due_on:
        return Standing.IN_GRACE if on <= rule.last_day_of_grace(due_on) else judged.state
    if due_on - on <= timedelta(days=DUE_SOON_DAYS):
        return Standing.DUE_SOON
    return Standing.NOT_STARTED if judged.started_on is None else Standing.IN_PROGRESS


def due_after(due_on: date, away: Sequence[Away], *, on: date | None = None) -> date:
    """The day by which it is due with these leaves: not before the days to catch up after each return.

    A leave counts once it has begun on `on`, and before that where what is due falls into it or after it. One without an end moves nothing.
    """
    for leave in sorted(away, key=lambda one: one.since):
        if leave.until is not None and leave.since <= (due_on if on is None else max(due_on, on)):
            due_on = max(due_on, leave.until + timedelta(days=1 + leave.return_days))
    return due_on


def while_employed(since: date, until: date | None, stretches: Sequence[Stretch]) -> date | None:
    """The last day of something that counts only as long as the employment goes on in which it began: moves do not end it, leaving does."""
    end: date | None = None
    for stretch in stretches:
        if end is not None and stretch.since > end + timedelta(days=1):
            break
        if stretch.until is None:
            return until
        if stretch.until >= since:
            end = stretch.until if end is None else max(end, stretch.until)
    if end is None:
        return until
    return end if until is None else min(until, end)
