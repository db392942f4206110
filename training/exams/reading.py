"""What was sent as an answer, read against the question it belongs to. Nothing that was not offered gets through."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.errors import Invalid
from core.web.i18n import _
from training.exams.wording import LONGEST_TEXT
from training.items.models import BlankForm, ItemKind

LONGEST_NUMBER = 40
LONGEST_ESSAY = 60_000


@dataclass(frozen=True)
class Reference:
    """Public ids of a drawn question and its options, to the inner ones; the right sides and blanks it has."""

    item_id: int
    kind: ItemKind
    options: dict[str, int]
    rights: Sequence[int] = ()
    blanks: Mapping[int, BlankForm] = field(default_factory=dict)
    listed: Mapping[int, int] = field(default_factory=dict)  # option of a list to its blank


def has_answer(answer: Mapping[str, Any]) -> bool:
    """Whether anything was answered."""
    return any(answer.values())


def read_answer(item: Reference, sent: Sequence[str]) -> dict[str, Any]:
    """The answer as it is kept. Raises Invalid for what the question does not offer."""
    return _READERS.get(item.kind, _options)(item, sent)


def _refused() -> Invalid:
    return Invalid(_("An answer was sent that this question does not offer. Reload the page."))


def _options(item: Reference, sent: Sequence[str]) -> dict[str, Any]:
    chosen = [item.options[option] for option in dict.fromkeys(sent) if option in item.options]
    if len(chosen) < len(set(sent)) or (len(chosen) > 1 and item.kind is not ItemKind.MULTIPLE):
        raise _refused()
    return {"options": sorted(chosen)}


def _number(_item: Reference, sent: Sequence[str]) -> dict[str, Any]:
    return {"number": (sent[0] if sent else "").strip()[:LONGEST_NUMBER]}


def _text(_item: Reference, sent: Sequence[str]) -> dict[str, Any]:
    return {"text": (sent[0] if sent else "").strip()[:LONGEST_TEXT]}


def _essay(_item: Reference, sent: Sequence[str]) -> dict[str, Any]:
    return {"text": (sent[0] if sent else "").strip()[:LONGEST_ESSAY]}


def _pairs(item: Reference, sent: Sequence[str]) -> dict[str, Any]:
    """Each is `<left side>:<which of the right sides, from 1>`; the right sides have no id of their own, for that would tell the pair."""
    pairs = {}
    for left, number in _numbered(item, sent, most=len(item.rights)):
        pairs[str(left)] = item.rights[number - 1]
    return {"pairs": dict(sorted(pairs.items()))}


def _places(item: Reference, sent: Sequence[str]) -> dict[str, Any]:
    """Each is `<step>:<place, from 1>`."""
    return {"places": {str(step): place for step, place in sorted(_numbered(item, sent, most=len(item.options)))}}


def _numbered(item: Reference, sent: Sequence[str], *, most: int) -> list[tuple[int, int]]:
    found = []
    for value in sent:
        option, _parted, number = value.partition(":")
        if option not in item.options or not _is_figure(number) or not 0 < int(number) <= most:
            raise _refused()
        found.append((item.options[option], int(number)))
    if len({option for option, _number in found}) < len(found):
        raise _refused()
    return found


def _blanks(item: Reference, sent: Sequence[str]) -> dict[str, Any]:
    """Each is `<blank>:<what was typed>` or `<blank>:<option>`."""
    filled: dict[str, Any] = {}
    for value in sent:
        number, _parted, text = value.partition(":")
        if not _is_figure(number) or int(number) not in item.blanks or number in filled:
            raise _refused()
        if item.blanks[int(number)] is not BlankForm.LISTED:
            filled[number] = text.strip()[:LONGEST_TEXT]
        elif item.listed.get(item.options.get(text, 0)) == int(number):
            filled[number] = item.options[text]
        else:
            raise _refused()
    return {"blanks": {number: filled[number] for number in sorted(filled, key=int) if filled[number]}}


def _is_figure(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 3


_READERS: dict[ItemKind, Callable[[Reference, Sequence[str]], dict[str, Any]]] = {
    ItemKind.NUMERIC: _number,
    ItemKind.SHORT_TEXT: _text,
    ItemKind.ESSAY: _essay,
    ItemKind.MATCHING: _pairs,
    ItemKind.ORDERING: _places,
    ItemKind.FILL_IN: _blanks,
}
