"""Turning questions and graded attempts into what the figures are made of. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache

from training.analysis.item_analysis import Asked, Sitting
from training.analysis.queries import Graded
from training.exams.drawing import drawn_order
from training.items.models import Item, ItemKind
from training.regrading.marks import Correction

WITH_OPTIONS = frozenset({ItemKind.SINGLE, ItemKind.MULTIPLE, ItemKind.TRUE_FALSE})


def asked_of(items: Iterable[Item], corrections: Mapping[int, Correction]) -> list[Asked]:
    """Questions under the keys that hold. One that counts for everybody or nobody says nothing about the others and is left out."""
    return [_asked(item, corrections.get(item.id)) for item in items if item.id not in left_out(corrections)]


def left_out(corrections: Mapping[int, Correction]) -> set[int]:
    """Questions (inner keys) that were found faulty beyond their key."""
    return {item_id for item_id, correction in corrections.items() if not correction.key}


def _asked(item: Item, correction: Correction | None) -> Asked:
    if item.kind not in WITH_OPTIONS:
        return Asked(item.id, item.points)
    right = frozenset(correction.key["right"]) if correction is not None else frozenset(option.id for option in item.options if option.correct)
    return Asked(item.id, item.points, _guess(item, right), right, tuple(option.id for option in item.options))


def _guess(item: Item, right: Collection[int]) -> float:
    """What a blind guess earns in percent: any one answer, or any set of answers but the empty one where several may be right."""
    if item.kind is ItemKind.MULTIPLE:
        return float(100 / (2 ** len(item.options) - 1))
    return 100 * len(right) / len(item.options)


def sitting_of(graded: Graded, known: Collection[int]) -> Sitting:
    """One attempt; what was asked and not answered earned nothing."""
    earned = {item_id: 0.0 for item_id in drawn_order(graded.drawn) if item_id in known}
    chosen: dict[int, frozenset[int]] = {}
    for one in graded.answers:
        if one.item_id in earned:
            earned[one.item_id] = _points(one.earned)
            chosen[one.item_id] = frozenset(one.answer.get("options", ()))
    return Sitting(earned, chosen, _seconds(graded))


@cache
def _points(earned: str) -> float:
    return float(Fraction(earned or "0"))


def _seconds(graded: Graded) -> dict[int, float]:
    """The seconds from the last save of another answer (or the beginning) to the last save of each.

    An approximation: reading a question again before changing another answer counts for that one. Answers that were saved at the same
    instant came together, without script, and tell nothing.
    """
    saved = sorted((one for one in graded.answers if one.answer), key=lambda one: one.saved_at)
    instants = [one.saved_at for one in saved]
    before, seconds = graded.started_at, dict[int, float]()
    for one in saved:
        if instants.count(one.saved_at) == 1:
            seconds[one.item_id] = (one.saved_at - before).total_seconds()
        before = one.saved_at
    return seconds


def in_steps(attempts: Sequence[Graded], *, step: int) -> Sequence[Graded]:
    """The earliest attempts, as many as fill whole steps."""
    return attempts[: len(attempts) - len(attempts) % step]
