"""What a question needs before it can be used."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import Invalid
from core.web.i18n import _
from training.exams.grading import read_number
from training.items.by_hand import ByHand, check_by_hand
from training.items.checking import CHECKS
from training.items.models import BY_HAND, BlankForm, Difficulty, ItemKind, ItemState

WRITTEN = (  # kinds that can be written and sat
    ItemKind.SINGLE,
    ItemKind.MULTIPLE,
    ItemKind.TRUE_FALSE,
    ItemKind.NUMERIC,
    ItemKind.SHORT_TEXT,
    ItemKind.MATCHING,
    ItemKind.ORDERING,
    ItemKind.FILL_IN,
    ItemKind.ESSAY,
    ItemKind.FILE,
)


@dataclass(frozen=True)
class OptionDraft:
    """An answer offered or accepted, a pair or a step, as written."""

    text: str
    correct: bool = False
    feedback: str = ""
    weight: int = 100
    partner: str = ""
    blank: int = 0
    form: BlankForm = BlankForm.TYPED
    worth: int = 1
    tolerance: str = ""


@dataclass(frozen=True)
class ItemDraft:
    """A question, as written."""

    kind: ItemKind
    text: str
    points: int = 1
    feedback: str = ""
    answer: str = ""
    tolerance: str = "0"
    options: Sequence[OptionDraft] = ()
    tag: str = ""
    difficulty: Difficulty = Difficulty.MEDIUM
    state: ItemState = ItemState.APPROVED
    case_matters: bool = False
    accents_matter: bool = False
    picture_id: int | None = None  # of stored files, inner ids
    picture_words: str = ""
    sound_id: int | None = None
    sound_words: str = ""
    by_hand: ByHand | None = None  # of an essay or a file


def numeric(text: str) -> str:
    """A number as it is kept: exact, with a point. Empty when it is none."""
    number = read_number(text)
    return "" if number is None else format(number.normalize(), "f")


def check(draft: ItemDraft) -> None:
    """Raise Invalid unless the question can be answered and graded."""
    if draft.kind not in WRITTEN:
        raise Invalid(_("Questions of this kind cannot be written yet. Choose another kind."), field="kind")
    is_draft = draft.state is ItemState.DRAFT  # one that came with a file and waits for its words
    if draft.picture_id is not None and not draft.picture_words and not is_draft:
        raise Invalid(_("Say in words what the picture shows, for those who do not see it."), field="picture_words")
    if draft.sound_id is not None and not draft.sound_words and not is_draft:
        raise Invalid(_("Write what is heard, for those who do not hear it."), field="sound_words")
    if draft.kind in BY_HAND:
        check_by_hand(draft.kind, draft.by_hand)
        return
    if draft.kind in CHECKS:
        CHECKS[draft.kind](draft)
        return
    if draft.kind is ItemKind.NUMERIC:
        tolerance = read_number(draft.tolerance)
        if read_number(draft.answer) is None:
            raise Invalid(_("A numeric question needs the right number."), field="answer")
        if tolerance is None or tolerance < 0:
            raise Invalid(_("The tolerance is a number, 0 or more."), field="tolerance")
        return
    right = sum(option.correct for option in draft.options)
    if len(draft.options) < 2:
        raise Invalid(_("At least two answers are needed."), field="options")
    if len({option.text.casefold() for option in draft.options}) < len(draft.options):
        raise Invalid(_("Two answers are the same."), field="options")
    if draft.kind is ItemKind.MULTIPLE:
        if right == 0:
            raise Invalid(_("Mark at least one answer as right."), field="options")
    elif right != 1:
        raise Invalid(_("Mark exactly one answer as right."), field="options")
    if draft.kind is ItemKind.TRUE_FALSE and len(draft.options) != 2:
        raise Invalid(_("True or false has exactly two answers."), field="options")
