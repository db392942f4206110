"""What differs between two reports, and why: each changed standing with the facts that are in one and not in the other. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from training.compliance.allowances import Away
from training.compliance.standing import Judgement, RuleFact, Standing, Stretch


class Cause(StrEnum):
    """Why somebody stands otherwise."""

    COMPLETED = "completed"  # on a day between both
    WRITTEN_DOWN_LATER = "written_down_later"  # a completion of before, known only since
    WITHDRAWN = "withdrawn"  # a completion that no longer counts
    EXEMPTED = "exempted"
    EXEMPTION_ENDED = "exemption_ended"
    ACCEPTED = "accepted"  # something in the place of a completion
    NO_LONGER_ACCEPTED = "no_longer_accepted"
    LEAVE_BEGAN = "leave_began"
    LEAVE_ENDED = "leave_ended"
    LEAVE_CORRECTED = "leave_corrected"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    JOINED = "joined"
    LEFT = "left"
    MOVED = "moved"
    NEW_VERSION = "new_version"  # a revision of the course asks everybody anew
    RULE_BEGAN = "rule_began"
    RULE_ENDED = "rule_ended"
    RULE_CHANGED = "rule_changed"
    RAN_OUT = "ran_out"
    FELL_DUE = "fell_due"
    TIME_PASSED = "time_passed"


@dataclass(frozen=True)
class Side:
    """What one report knows of a person and a rule."""

    on: date
    rule: RuleFact | None
    judged: Judgement
    stretches: Sequence[Stretch] = ()
    completed: Sequence[date] = ()
    exempt: Sequence[tuple[date, date | None]] = ()
    ends: Mapping[date, date] = field(default_factory=dict)
    equivalent: Sequence[tuple[date, date | None]] = ()
    away: Sequence[Away] = ()


@dataclass(frozen=True)
class Change:
    """Somebody who stands otherwise with a rule, with the causes and the day of each where it has one."""

    person_id: int
    lineage: UUID
    before: Judgement
    after: Judgement
    causes: list[tuple[Cause, date | None]] = field(default_factory=list)


def changes(pairs: Iterable[tuple[int, UUID, Side, Side]]) -> list[Change]:
    """The pairs that stand otherwise or by other days, with their causes, in the order given."""
    found = []
    for person_id, lineage, before, after in pairs:
        if _told(before.judged) != _told(after.judged):
            found.append(Change(person_id, lineage, before.judged, after.judged, _causes(before, after)))
    return found


def _told(judged: Judgement) -> tuple[object, ...]:
    return judged.state, judged.locked_on, judged.due_on, judged.completed_on, judged.valid_until, judged.exempt_until, judged.away_until


def _causes(before: Side, after: Side) -> list[tuple[Cause, date | None]]:
    found = [
        *_of_completions(before, after),
        *_of_versions(before, after),
        *_of_exemptions(before, after),
        *_of_equivalences(before, after),
        *_of_leaves(before, after),
        *_of_locks(before, after),
    ]
    found += [*_of_employment(before, after), *_of_rule(before, after)]
    return found or [_of_time(after)]


def _of_completions(before: Side, after: Side) -> list[tuple[Cause, date | None]]:
    earlier, later = set(before.completed), set(after.completed)
    gained = [(Cause.COMPLETED if day > before.on else Cause.WRITTEN_DOWN_LATER, day) for day in sorted(later - earlier)]
    lost = [(Cause.WITHDRAWN, day) for day in sorted(day for day in earlier - later if day <= after.on)]
    return [*gained, *lost]


def _of_versions(before: Side, after: Side) -> list[tuple[Cause, date | None]]:
    day = before.judged.completed_on
    return [] if day is None or before.ends.get(day) == after.ends.get(day) else [(Cause.NEW_VERSION, after.ends.get(day))]


def _of_exemptions(before: Side, after: Side) -> list[tuple[Cause, date | None]]:
    was, stands = before.judged.state is Standing.EXEMPT, after.judged.state is Standing.EXEMPT
    if stands and not was:
        return [(Cause.EXEMPTED, max((since for since, _until in after.exempt if since <= after.on), default=None))]
    return [(Cause.EXEMPTION_ENDED, before.judged.exempt_until)] if was and not stands else []


def _of_equivalences(before: Side, after: Side) -> list[tuple[Cause, date | None]]:
    earlier, later = (({days for days in side.equivalent if days[0] <= side.on}) for side in (before, after))
    gained = [(Cause.ACCEPTED, since) for since, _until in sorted(later - earlier)]
    lost = [(Cause.NO_LONGER_ACCEPTED, since) for since, _until in sorted(earlier - later)]
    return [*gained, *lost] if {since for since, _until in earlier} != {since for since, _until in later} else []


def _of_leaves(before: Side, after: Side) -> list[tuple[Cause, date | None]]:
    was, stands = before.judged.state is Standing.ON_LEAVE, after.judged.state is Standing.ON_LEAVE
    if stands and not was:
        return [(Cause.LEAVE_BEGAN, max((leave.since for leave in after.away if leave.since <= after.on), default=None))]
    if was and not stands:
        return [(Cause.LEAVE_ENDED, max((leave.until for leave in after.away if leave.until is not None and leave.until < after.on), default=None))]
    return [(Cause.LEAVE_CORRECTED, None)] if set(before.away) != set(after.away) else []


def _of_locks(before: Side, after: Side) -> list[tuple[Cause, date | None]]:
    was, stands = before.judged.locked_on, after.judged.locked_on
    if stands is not None and was != stands:
        return [(Cause.LOCKED, stands)]
    return [(Cause.UNLOCKED, None)] if was is not None and stands is None else []


def _of_employment(before: Side, after: Side) -> list[tuple[Cause, date | None]]:
    was, stands = _role_on(before), _role_on(after)
    if was == stands:
        return []
    if was is None:
        return [(Cause.JOINED, _since(after))]
    if stands is None:
        return [(Cause.LEFT, max((stretch.until for stretch in after.stretches if stretch.until is not None), default=None))]
    return [(Cause.MOVED, _since(after))]


def _role_on(side: Side) -> int | None:
    for stretch in side.stretches:
        if stretch.since <= side.on and (stretch.until is None or side.on <= stretch.until):
            return stretch.job_role_id
    return None


def _since(side: Side) -> date | None:
    return max((stretch.since for stretch in side.stretches if stretch.since <= side.on), default=None)


def _of_rule(before: Side, after: Side) -> list[tuple[Cause, date | None]]:
    if before.rule is None or after.rule is None:
        if before.rule is after.rule:
            return []
        return [(Cause.RULE_BEGAN, after.rule.since)] if after.rule is not None else [(Cause.RULE_ENDED, None)]
    return [(Cause.RULE_CHANGED, None)] if before.rule.id != after.rule.id else []


def _of_time(after: Side) -> tuple[Cause, date | None]:
    if after.judged.state is Standing.EXPIRED:
        return Cause.RAN_OUT, after.judged.valid_until
    if after.judged.state is Standing.OVERDUE:
        return Cause.FELL_DUE, after.judged.due_on
    return Cause.TIME_PASSED, None


def summed(found: Sequence[Change]) -> Mapping[tuple[Standing, Standing], int]:
    """How many went from which standing to which."""
    counts: dict[tuple[Standing, Standing], int] = {}
    for change in found:
        way = (change.before.state, change.after.state)
        counts[way] = counts.get(way, 0) + 1
    return dict(sorted(counts.items(), key=lambda one: -one[1]))
