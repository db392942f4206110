"""Words for questions."""

from typing import Any

from core.web.i18n import _l
from training.items.models import BlankForm, Difficulty, ItemKind, ItemState

ITEM_KINDS: dict[ItemKind, Any] = {
    ItemKind.SINGLE: _l("One right answer"),
    ItemKind.MULTIPLE: _l("Several right answers"),
    ItemKind.TRUE_FALSE: _l("True or false"),
    ItemKind.NUMERIC: _l("A number"),
    ItemKind.SHORT_TEXT: _l("A short text"),
    ItemKind.MATCHING: _l("Matching"),
    ItemKind.ORDERING: _l("Putting in order"),
    ItemKind.FILL_IN: _l("Filling in"),
    ItemKind.ESSAY: _l("An essay"),
    ItemKind.FILE: _l("A file"),
}
DIFFICULTIES: dict[Difficulty, Any] = {Difficulty.EASY: _l("Easy"), Difficulty.MEDIUM: _l("Medium"), Difficulty.HARD: _l("Hard")}
STATES: dict[ItemState, Any] = {ItemState.DRAFT: _l("Draft, never drawn"), ItemState.APPROVED: _l("Ready to be drawn")}
BLANK_FORMS: dict[BlankForm, Any] = {
    BlankForm.TYPED: _l("Typed"),
    BlankForm.LISTED: _l("Chosen from a list"),
    BlankForm.NUMBER: _l("A number"),
}
