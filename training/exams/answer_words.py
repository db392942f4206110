"""Answers in words: what was given, what is right, and the feedback that belongs to what was given."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from core.web.i18n import _
from training.exams.grading import Accepted, Key, is_accepted, placed_in, text_in
from training.items.models import BlankForm, Item, ItemKind


def given_words(item: Item, key: Key, answer: Mapping[str, Any]) -> tuple[str, ...]:
    """What was answered. Needs `options`."""
    texts = {option.id: option.text for option in item.options}
    if item.kind is ItemKind.MATCHING:
        chosen = {int(left): key.texts.get(right, "") for left, right in answer.get("pairs", {}).items()}
        return tuple(_pair(text, chosen[left]) for left, text in texts.items() if left in chosen)
    if item.kind is ItemKind.ORDERING:
        return tuple(_numbered(place, texts[step]) for place, step in enumerate(placed_in(answer), start=1) if step in texts)
    if item.kind is ItemKind.FILL_IN:
        return tuple(_numbered(int(blank), text_in(key, answer, int(blank))) for blank in answer.get("blanks", {}))
    typed = str(answer.get("number", "") or answer.get("text", ""))
    if typed:
        return (typed,)
    chosen_options = set(answer.get("options", ()))
    return tuple(option.text for option in item.options if option.id in chosen_options)


def right_words(item: Item, key: Key) -> tuple[str, ...]:
    """What the key says is right. Needs `options`."""
    texts = {option.id: option.text for option in item.options}
    if item.kind is ItemKind.NUMERIC:
        return (_near(key.number, key.tolerance),)
    if item.kind is ItemKind.SHORT_TEXT:
        return tuple(_share(one) for one in key.accepted if one.weight > 0)
    if item.kind is ItemKind.MATCHING:
        return tuple(_pair(texts[left], partner) for left, partner in key.partners.items())
    if item.kind is ItemKind.ORDERING:
        return tuple(_numbered(place, texts[step]) for place, step in enumerate(key.order, start=1))
    if item.kind is ItemKind.FILL_IN:
        return tuple(_numbered(blank, " / ".join(_share(one) for one in _of_blank(key, blank) if one.weight > 0)) for blank in _blanks(key))
    return tuple(option.text for option in item.options if option.id in key.right)


def feedback_on(item: Item, key: Key, answer: Mapping[str, Any]) -> tuple[str, ...]:
    """The feedback written for what was answered: to a pair only where it is not right. Needs `options`."""
    if item.kind is ItemKind.MATCHING:
        pairs = answer.get("pairs", {})
        wrong = {left for left, partner in key.partners.items() if str(left) in pairs and key.texts.get(pairs[str(left)]) != partner}
        return tuple(option.feedback for option in item.options if option.id in wrong and option.feedback)
    if item.kind is ItemKind.SHORT_TEXT:
        return _feedback_on_text(item, key, 0, str(answer.get("text", "")))
    if item.kind is ItemKind.FILL_IN:
        return tuple(text for blank in _blanks(key) for text in _feedback_on_text(item, key, blank, text_in(key, answer, blank)))
    chosen = set(answer.get("options", ()))
    return tuple(option.feedback for option in item.options if option.id in chosen and option.feedback)


def _feedback_on_text(item: Item, key: Key, blank: int, typed: str) -> tuple[str, ...]:
    """That of the best of those accepted."""
    best, feedback = Fraction(-1), ""
    for option in item.options:
        accepted = Accepted(option.text, option.weight, option.blank, option.form, option.worth, option.tolerance or "0")
        if option.blank == blank and typed and option.weight > best and is_accepted(key, accepted, typed):
            best, feedback = Fraction(option.weight), option.feedback
    return (feedback,) if feedback else ()


def _blanks(key: Key) -> list[int]:
    return sorted({one.blank for one in key.accepted})


def _of_blank(key: Key, blank: int) -> list[Accepted]:
    return [one for one in key.accepted if one.blank == blank]


def _share(one: Accepted) -> str:
    text = _near(one.text, one.tolerance) if one.form is BlankForm.NUMBER and one.tolerance not in ("", "0") else one.text
    return text if one.weight == 100 else str(_("%(text)s (%(share)s %%)", text=text, share=one.weight))


def _near(number: str, tolerance: str) -> str:
    return str(_("%(number)s, give or take %(tolerance)s", number=number, tolerance=tolerance))


def _pair(left: str, right: str) -> str:
    return f"{left} → {right}"


def _numbered(number: int, text: str) -> str:
    return f"{number}. {text}"
