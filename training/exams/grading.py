"""What an answer is worth, exactly."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import pairwise
from typing import Any

from training.exams.wording import is_meant
from training.items.models import BlankForm, ItemKind


@dataclass(frozen=True)
class Accepted:
    """A text or number that is accepted, the percent it is worth, and the blank it is for (0: there is none)."""

    text: str
    weight: int = 100
    blank: int = 0
    form: BlankForm = BlankForm.TYPED
    worth: int = 1
    tolerance: str = "0"


@dataclass(frozen=True)
class Key:
    """The key of an item: inner ids of all options and of the right ones, or the number with its tolerance, or what its kind needs.

    `texts` are what an option stands for when it is chosen: a right side, or an answer of a list in a blank.
    """

    kind: ItemKind
    points: int
    options: frozenset[int] = frozenset()
    right: frozenset[int] = frozenset()
    number: str = ""
    tolerance: str = "0"
    accepted: tuple[Accepted, ...] = ()
    case_matters: bool = False
    accents_matter: bool = False
    partners: Mapping[int, str] = field(default_factory=dict)  # left side to the text of its right one
    texts: Mapping[int, str] = field(default_factory=dict)
    order: tuple[int, ...] = ()


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
    """The points an answer earns, between none and all of the item's. What has parts earns all or nothing without `partial_credit`."""
    if not answer:
        return Fraction(0)
    share = _SHARES.get(key.kind, _options)(key, answer)
    if share < 1 and key.kind in IN_PARTS and not partial_credit:
        return Fraction(0)
    return key.points * share


def _options(key: Key, answer: Mapping[str, Any]) -> Fraction:
    chosen = frozenset(answer.get("options", ())) & key.options
    if chosen == key.right and key.right:
        return Fraction(1)
    return _share(chosen, key) if key.kind is ItemKind.MULTIPLE and key.right else Fraction(0)


def _share(chosen: Collection[int], key: Key) -> Fraction:
    wrong = key.options - key.right
    share = Fraction(len(key.right.intersection(chosen)), len(key.right))
    if wrong:
        share -= Fraction(len(wrong.intersection(chosen)), len(wrong))
    return max(share, Fraction(0))


def _number(key: Key, answer: Mapping[str, Any]) -> Fraction:
    return Fraction(_is_near(str(answer.get("number", "")), key.number, key.tolerance))


def _is_near(typed: str, number: str, tolerance: str) -> bool:
    value = read_number(typed)
    return value is not None and abs(value - Decimal(number)) <= Decimal(tolerance or "0")


def _short_text(key: Key, answer: Mapping[str, Any]) -> Fraction:
    return share_of_text(key, str(answer.get("text", "")))


def share_of_text(key: Key, typed: str, *, blank: int = 0) -> Fraction:
    """The best share of what is accepted, for a short text or in one blank; none for what is not."""
    return max((Fraction(one.weight, 100) for one in key.accepted if one.blank == blank and is_accepted(key, one, typed)), default=Fraction(0))


def is_accepted(key: Key, one: Accepted, typed: str) -> bool:
    """Whether what was typed, or chosen from a list, is this one of those accepted."""
    if one.form is BlankForm.LISTED:
        return typed == one.text
    if one.form is BlankForm.NUMBER:
        return _is_near(typed, one.text, one.tolerance)
    return is_meant(one.text, typed, case_matters=key.case_matters, accents_matter=key.accents_matter)


def _blanks(key: Key, answer: Mapping[str, Any]) -> Fraction:
    """Each blank counts by its worth."""
    worths = {one.blank: one.worth for one in key.accepted}
    if not worths:
        return Fraction(0)
    earned = sum((worth * share_of_text(key, text_in(key, answer, blank), blank=blank) for blank, worth in worths.items()), Fraction(0))
    return earned / sum(worths.values())


def text_in(key: Key, answer: Mapping[str, Any], blank: int) -> str:
    """What stands in a blank: what was typed, or the text of what was chosen."""
    filled = answer.get("blanks", {}).get(str(blank), "")
    return key.texts.get(filled, "") if isinstance(filled, int) else str(filled)


def _pairs(key: Key, answer: Mapping[str, Any]) -> Fraction:
    """Each pair counts the same; nothing is taken away for a wrong one."""
    if not key.partners:
        return Fraction(0)
    chosen = answer.get("pairs", {})
    right = sum(key.texts.get(chosen.get(str(left), 0)) == partner for left, partner in key.partners.items())
    return Fraction(right, len(key.partners))


def _order(key: Key, answer: Mapping[str, Any]) -> Fraction:
    """Each step that comes directly before the one that follows it counts, so that one step out of place does not lose all that come after."""
    placed = placed_in(answer)
    steps = list(pairwise(key.order))
    if not steps:
        return Fraction(0)
    follows = dict(pairwise(placed))
    return Fraction(sum(follows.get(step) == following for step, following in steps), len(steps))


def placed_in(answer: Mapping[str, Any]) -> list[int]:
    """The steps by the place they were given, 0 where none or more than one was."""
    places: dict[int, list[int]] = {}
    for step, place in answer.get("places", {}).items():
        places.setdefault(place, []).append(int(step))
    last = max(places, default=0)
    return [places[place][0] if len(places.get(place, ())) == 1 else 0 for place in range(1, last + 1)]


IN_PARTS = frozenset({ItemKind.MULTIPLE, ItemKind.MATCHING, ItemKind.ORDERING, ItemKind.FILL_IN})
_SHARES: dict[ItemKind, Callable[[Key, Mapping[str, Any]], Fraction]] = {
    ItemKind.NUMERIC: _number,
    ItemKind.SHORT_TEXT: _short_text,
    ItemKind.MATCHING: _pairs,
    ItemKind.ORDERING: _order,
    ItemKind.FILL_IN: _blanks,
}


def is_passed(earned: Fraction, possible: int, pass_mark: int) -> bool:
    """Whether the points reach the pass mark, without rounding."""
    return possible > 0 and earned * 100 >= pass_mark * possible
