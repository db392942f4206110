"""A question as the person who sits the exam sees it. What is built here never knows which answers are right."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from training.exams.reading import has_answer
from training.items.models import BLANK, BlankForm, ItemKind
from training.marking.paper import HandQuestion

SHOWS_NO_OPTIONS = frozenset({ItemKind.SHORT_TEXT, ItemKind.NUMERIC})


@dataclass(frozen=True)
class OptionOnPaper:
    """An answer offered, as the person sees it; `place` is the step's or the right side's number where one was given."""

    id: UUID
    text: str
    chosen: bool
    place: int = 0


@dataclass(frozen=True)
class PartOnPaper:
    """A piece of a text with blanks: words, or the blank with this number."""

    text: str
    blank: int = 0
    form: BlankForm = BlankForm.TYPED
    filled: str = ""
    options: tuple[OptionOnPaper, ...] = ()


@dataclass(frozen=True)
class QuestionOnPaper:
    """A question as the person sees it, with what they have answered so far."""

    id: UUID
    position: int
    kind: ItemKind
    text: str
    points: int
    options: tuple[OptionOnPaper, ...]
    answer: Mapping[str, Any]
    rights: tuple[str, ...] = ()
    parts: tuple[PartOnPaper, ...] = ()
    section: str = ""  # the name of the section it opens
    by_hand: HandQuestion | None = None  # of an essay or a file

    @property
    def number(self) -> str:
        """The number that was typed."""
        return str(self.answer.get("number", ""))

    @property
    def typed(self) -> str:
        """The short text that was typed."""
        return str(self.answer.get("text", ""))

    @property
    def is_answered(self) -> bool:
        """Whether anything was answered."""
        return has_answer(self.answer) or (self.by_hand is not None and self.by_hand.is_answered)


def options_on_paper(
    kind: ItemKind, offered: Sequence[tuple[int, UUID, str]], answer: Mapping[str, Any], rights: Sequence[int]
) -> tuple[OptionOnPaper, ...]:
    """What is offered, in the order drawn: inner id, public id and text of each."""
    if kind in SHOWS_NO_OPTIONS or kind is ItemKind.FILL_IN:
        return ()
    chosen = set(answer.get("options", ()))
    places = dict(answer.get("places", {}))
    places |= {left: 1 + rights.index(right) for left, right in answer.get("pairs", {}).items() if right in rights}
    return tuple(OptionOnPaper(public_id, text, key in chosen, places.get(str(key), 0)) for key, public_id, text in offered)


def parts_on_paper(
    text: str, forms: Mapping[int, BlankForm], listed: Mapping[int, Sequence[tuple[int, UUID, str]]], answer: Mapping[str, Any]
) -> tuple[PartOnPaper, ...]:
    """A text with blanks in pieces. `listed` are the answers of each list, in the order drawn."""
    return tuple(_parts(text, forms, listed, answer.get("blanks", {})))


def _parts(
    text: str, forms: Mapping[int, BlankForm], listed: Mapping[int, Sequence[tuple[int, UUID, str]]], filled: Mapping[str, Any]
) -> Iterator[PartOnPaper]:
    for place, piece in enumerate(BLANK.split(text)):
        if place % 2 == 0:
            yield PartOnPaper(piece)
        else:
            blank, now = int(piece), filled.get(str(int(piece)), "")
            options = tuple(OptionOnPaper(public_id, words, key == now) for key, public_id, words in listed.get(blank, ()))
            yield PartOnPaper("", blank, forms.get(blank, BlankForm.TYPED), "" if isinstance(now, int) else str(now), options)
