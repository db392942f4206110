"""What an answer is worth, exactly."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from training.items.models import ItemKind


@dataclass(frozen=True)
class Key:
    """The key of an item: inner ids of all options and of the right ones, or the number with its tolerance."""

    kind: ItemKind
    points: int
    options: frozenset[int] = frozenset()
    right: frozenset[int] = frozenset()
    number: str = ""
    tolerance: str = "0"


def read_number(text: str) -> Decimal | None:
    """The number a person typed, with a comma or a point for the decimals; None when it is none."""
    plain = text.strip().replace(" ", "").replace("\u00a0", "").removesuffix("%")
    if "," in plain and "." in plain:
        thousands, decimals = (".", ",") if plain.rindex(",") > plain.rindex(".") else (",", ".")
        plain = plain.replace(thousands, "").replace(decimals, ".")
    else:
        plain = plain.replace(",", ".")
    if len(plain) > 30 or not set(plain) <= set("+-.0123456789"):
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def points_for(key: Key, answer: dict[str, Any] | None, *, partial_credit: bool) -> Fraction:
    """The points an answer earns, between none and all of the item's."""
    if not answer:
        return Fraction(0)
    if key.kind is ItemKind.NUMERIC:
        number = read_number(str(answer.get("number", "")))
        hit = number is not None and abs(number - Decimal(key.number)) <= Decimal(key.tolerance)
        return Fraction(key.points if hit else 0)
    chosen = frozenset(answer.get("options", ())) & key.options
    if chosen == key.right:
        return Fraction(key.points)
    if key.kind is not ItemKind.MULTIPLE or not partial_credit or not key.right:
        return Fraction(0)
    return key.points * _share(chosen, key)


def _share(chosen: Collection[int], key: Key) -> Fraction:
    wrong = key.options - key.right
    share = Fraction(len(key.right.intersection(chosen)), len(key.right))
    if wrong:
        share -= Fraction(len(wrong.intersection(chosen)), len(wrong))
    return max(share, Fraction(0))


def is_passed(earned: Fraction, possible: int, pass_mark: int) -> bool:
    """Whether the points reach the pass mark, without rounding."""
    return possible > 0 and earned * 100 >= pass_mark * possible
