"""Rules that ask the same people for the same, and whether what they say of it can stand side by side. Pure."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from training.compliance.audience import FAR, Condition, Match, Trait
from training.compliance.rule import RuleFact

SINGLE = frozenset({Trait.JOB_ROLE, Trait.DEPARTMENT, Trait.LOCATION, Trait.EMPLOYMENT_TYPE})  # of these nobody has two at a time


class Clash(StrEnum):
    """How two rules that ask the same of the same people stand to each other."""

    SAME_PEOPLE = "same_people"
    OTHER_VALIDITY = "other_validity"
    TOGETHER = "together"  # one chain for whom both ask: the earlier due day counts


def clash(draft: RuleFact, other: RuleFact) -> Clash | None:
    """How a new rule stands to one that is written; None where they never ask the same of anybody."""
    if draft.chain != other.chain or draft.since > (other.until or FAR) or other.since > (draft.until or FAR):
        return None
    if _conditions(draft) == _conditions(other):
        return Clash.SAME_PEOPLE
    if not may_overlap(draft, other):
        return None
    return Clash.TOGETHER if _validity(draft) == _validity(other) else Clash.OTHER_VALIDITY


def _validity(rule: RuleFact) -> tuple[Any, ...]:
    return rule.valid_months, rule.clock.recurrence, rule.clock.calendar_from


def _conditions(rule: RuleFact) -> frozenset[Condition]:
    if rule.audience is not None:
        return frozenset(rule.audience.conditions)
    return frozenset() if rule.job_role_id is None else frozenset({Condition(Match.ALL, Trait.JOB_ROLE, rule.job_role_id)})


def may_overlap(one: RuleFact, other: RuleFact) -> bool:
    """Whether somebody can be asked by both: not if one asks only for values of a trait that the other leaves out."""
    first, second = _conditions(one), _conditions(other)
    for trait in SINGLE:
        left, right = _allowed(first, trait), _allowed(second, trait)
        if left is not None and right is not None and not left & right:
            return False
        if (left is not None and left <= _refused(second, trait)) or (right is not None and right <= _refused(first, trait)):
            return False
    needed = {condition.value for condition in first | second if condition.joins is Match.ALL and condition.trait is Trait.TAG}
    return not needed & (_refused(first, Trait.TAG) | _refused(second, Trait.TAG))


def _allowed(conditions: Iterable[Condition], trait: Trait) -> frozenset[int | str] | None:
    """The values one of which somebody must have; None where any will do."""
    conditions = list(conditions)
    must = [condition.value for condition in conditions if condition.joins is Match.ALL and condition.trait is trait]
    if must:
        return frozenset(must[:1]) if len(set(must)) == 1 else frozenset()
    one_of = [condition for condition in conditions if condition.joins is Match.ANY]
    if one_of and all(condition.trait is trait for condition in one_of):
        return frozenset(condition.value for condition in one_of)
    return None


def _refused(conditions: Iterable[Condition], trait: Trait) -> frozenset[int | str]:
    return frozenset(condition.value for condition in conditions if condition.joins is Match.NONE and condition.trait is trait)
