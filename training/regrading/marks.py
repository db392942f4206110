"""What answers are worth under the corrections made to a version's items, and what a correction makes of an attempt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypedDict

from training.exams.grading import Accepted, Key, is_passed, points_for
from training.items.models import BY_HAND, ItemKind
from training.regrading.models import CorrectionKind, RegradeOutcome

if TYPE_CHECKING:
    from training.catalogue.models import CourseVersion

ONE_OF = frozenset({ItemKind.SINGLE, ItemKind.TRUE_FALSE})


@dataclass(frozen=True)
class Correction:
    """How an item is to be marked otherwise than its version says."""

    kind: CorrectionKind
    key: Mapping[str, Any] = field(default_factory=dict)


def corrected(key: Key, correction: Correction | None) -> Key:
    """The key as it holds now."""
    if correction is None or correction.kind is not CorrectionKind.KEY:
        return key
    if key.kind is ItemKind.NUMERIC:
        return replace(key, number=str(correction.key["number"]), tolerance=str(correction.key["tolerance"]))
    if key.kind in (ItemKind.SHORT_TEXT, ItemKind.FILL_IN):
        return replace(key, accepted=_accepted(key, correction.key["accepted"]))
    if key.kind is ItemKind.MATCHING:
        return replace(key, partners={left: correction.key["partners"].get(str(left), partner) for left, partner in key.partners.items()})
    if key.kind is ItemKind.ORDERING:
        return replace(key, order=tuple(correction.key["order"]))
    return replace(key, right=frozenset(correction.key["right"]))


def _accepted(key: Key, told: Iterable[Mapping[str, Any]]) -> tuple[Accepted, ...]:
    """What is accepted now: each blank is filled in as before and counts as before."""
    before = {one.blank: one for one in key.accepted}
    return tuple(
        replace(before[one["blank"]], text=one["text"], weight=one["weight"], tolerance=one["tolerance"]) for one in told if one["blank"] in before
    )


def counts_for(key: Key, correction: Correction | None) -> int:
    """How many points the item puts into what can be earned."""
    return 0 if correction is not None and correction.kind is CorrectionKind.TAKEN_OUT else key.points


class MarkingRules(TypedDict):
    """What a version says about answers that are not wholly right."""

    partial_credit: bool
    penalty_percent: int


def marking_rules(version: "CourseVersion") -> MarkingRules:
    """The rules of a version."""
    return {"partial_credit": version.partial_credit, "penalty_percent": version.penalty_percent}


def marks_for(key: Key, correction: Correction | None, answer: dict[str, Any] | None, *, partial_credit: bool, penalty_percent: int = 0) -> Fraction:
    """The points an answer earns; one that is wrong altogether takes the penalty's share of them away, an empty one nothing.

    Where one answer is asked for and a correction accepts several, each of them is right.
    """
    earned = _earned(key, correction, answer, partial_credit=partial_credit)
    if earned or not penalty_percent or not counts_for(key, correction) or not any((answer or {}).values()):
        return earned
    return -Fraction(key.points * penalty_percent, 100)


def _earned(key: Key, correction: Correction | None, answer: dict[str, Any] | None, *, partial_credit: bool) -> Fraction:
    if correction is not None and correction.kind is not CorrectionKind.KEY:
        return Fraction(counts_for(key, correction))
    if key.kind in BY_HAND:
        return Fraction(0)  # until a person has said what it is worth
    now_right = corrected(key, correction)
    if now_right.kind in ONE_OF and len(now_right.right) > 1:
        chosen = frozenset((answer or {}).get("options", ()))
        return Fraction(key.points if chosen and chosen <= now_right.right else 0)
    return points_for(now_right, answer, partial_credit=partial_credit)


@dataclass(frozen=True)
class Before:
    """An attempt as it was graded, and what the item put into that."""

    earned: Fraction
    possible: int
    passed: bool
    on_item: Fraction
    counted: int


@dataclass(frozen=True)
class After:
    """The same attempt under a correction."""

    earned: Fraction
    possible: int
    passed: bool
    outcome: RegradeOutcome


def judge(before: Before, *, on_item: Fraction, counted: int, pass_mark: int, keeps_passed: bool, in_sections: bool = True) -> After:
    """What becomes of an attempt when the item earns `on_item` of `counted` points. `in_sections`: whether its sections then reach their marks."""
    earned, possible = before.earned - before.on_item + on_item, before.possible - before.counted + counted
    reaches = is_passed(earned, possible, pass_mark) and in_sections
    if reaches == before.passed:
        return After(earned, possible, reaches, RegradeOutcome.SAME)
    if reaches:
        return After(earned, possible, True, RegradeOutcome.NOW_PASSED)
    if keeps_passed:
        return After(earned, possible, True, RegradeOutcome.KEPT)
    return After(earned, possible, False, RegradeOutcome.NOW_FAILED)
