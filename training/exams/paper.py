"""A question as the person who sits the exam sees it. What is built here never knows which answers are right."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from training.exams.reading import has_answer
from training.items.models import BLANK, GAP, BlankForm, ItemKind
from training.marking.paper import HandQuestion

SHOWS_NO_OPTIONS = frozenset({ItemKind.SHORT_TEXT, ItemKind.NUMERIC, ItemKind.FILL_IN})


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
    picture_words: str | None = None  # None: there is no picture
    sound_words: str | None = None
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
    def words(self) -> str:
        """The text as a person reads it in a list, blanks as lines."""
        return BLANK.sub(GAP, self.text) if self.kind is ItemKind.FILL_IN else self.text

    @property
    def is_answered(self) -> bool:
        """Whether anything was answered."""
        return has_answer(self.answer) or (self.by_hand is not None and self.by_hand.is_answered)


class OptionDrawn(NamedTuple):
    """An answer offered, in the place it was drawn for: inner id, public id, text, and the blank it is for."""

    key: int
    id: UUID
    text: str
    blank: int


def on_paper(
    position: int,
    item: Any,
    offered: Sequence[OptionDrawn],
    answer: Mapping[str, Any],
    rights: Mapping[int, str],
    forms: Mapping[int, BlankForm],
) -> QuestionOnPaper:
    """A question from its row, what is offered and which right sides there are, in the order drawn, and the forms of its blanks."""
    return QuestionOnPaper(
        id=item.public_id,
        position=position,
        kind=item.kind,
        text=item.text,
        points=item.points,
        options=_options(item.kind, offered, answer, list(rights)),
        answer=answer,
        rights=tuple(rights.values()),
        parts=tuple(_parts(item.text, forms, offered, answer.get("blanks", {}))) if item.kind is ItemKind.FILL_IN else (),
        picture_words=None if item.picture_id is None else item.picture_words,
        sound_words=None if item.sound_id is None else item.sound_words,
    )


def _options(kind: ItemKind, offered: Sequence[OptionDrawn], answer: Mapping[str, Any], rights: Sequence[int]) -> tuple[OptionOnPaper, ...]:
    if kind in SHOWS_NO_OPTIONS:
        return ()
    chosen = set(answer.get("options", ()))
    places = dict(answer.get("places", {}))
    places |= {left: 1 + rights.index(right) for left, right in answer.get("pairs", {}).items() if right in rights}
    return tuple(OptionOnPaper(option.id, option.text, option.key in chosen, places.get(str(option.key), 0)) for option in offered)


def _parts(text: str, forms: Mapping[int, BlankForm], offered: Sequence[OptionDrawn], filled: Mapping[str, Any]) -> Iterator[PartOnPaper]:
    for place, piece in enumerate(BLANK.split(text)):
        if place % 2 == 0:
            yield PartOnPaper(piece)
        else:
            blank, now = int(piece), filled.get(str(int(piece)), "")
            options = tuple(OptionOnPaper(option.id, option.text, option.key == now) for option in offered if option.blank == blank)
            yield PartOnPaper("", blank, forms.get(blank, BlankForm.TYPED), "" if isinstance(now, int) else str(now), options)
