"""Words for corrections and what they change."""

from collections.abc import Sequence
from typing import Any

from core.web.i18n import _l
from training.exams.answer_words import right_words
from training.exams.queries import key_of
from training.items.models import Item, ItemKind
from training.regrading.marks import Correction, corrected
from training.regrading.models import CorrectionKind, KeyCorrection, RegradeOutcome

KINDS: dict[CorrectionKind, Any] = {
    CorrectionKind.KEY: _l("Other answers are right"),
    CorrectionKind.FULL_CREDIT: _l("Everybody gets the points"),
    CorrectionKind.TAKEN_OUT: _l("The question is taken out and counts for nobody"),
}
OUTCOMES: dict[RegradeOutcome, Any] = {
    RegradeOutcome.SAME: _l("Another score, the same result"),
    RegradeOutcome.NOW_PASSED: _l("Passed now"),
    RegradeOutcome.NOW_FAILED: _l("No longer passed"),
    RegradeOutcome.KEPT: _l("Below the pass mark now, stays passed"),
}
OUTCOME_TONES: dict[RegradeOutcome, str] = {
    RegradeOutcome.SAME: "neutral",
    RegradeOutcome.NOW_PASSED: "success",
    RegradeOutcome.NOW_FAILED: "danger",
    RegradeOutcome.KEPT: "warning",
}
LINE_HINTS: dict[ItemKind, Any] = {
    ItemKind.SHORT_TEXT: _l("For the first choice. One accepted answer a line; %(share)s before it gives half the points.", share="50%"),
    ItemKind.FILL_IN: _l("For the first choice. One accepted answer a line; %(share)s before it gives half the points.", share="50%"),
    ItemKind.MATCHING: _l("For the first choice. What belongs to it: one of the right sides that were offered."),
    ItemKind.ORDERING: _l("For the first choice. The steps in the right order, one a line."),
}


def right_answers(item: Item) -> Sequence[str]:
    """The answers the version says are right. Needs `options`."""
    return right_words(item, key_of(item)) if item.options or item.answer else []


def answers_now(correction: KeyCorrection) -> Sequence[str]:
    """The answers that are right by a correction of the key. Needs the item with options."""
    if correction.kind is not CorrectionKind.KEY:
        return []
    return right_words(correction.item, corrected(key_of(correction.item), Correction(correction.kind, correction.key)))
