"""Words for corrections and what they change."""

from collections.abc import Sequence
from typing import Any

from core.web.i18n import _, _l
from training.items.models import Item
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


def right_answers(item: Item) -> list[str]:
    """The answers the version says are right. Needs `options`."""
    if not item.options:
        return [_("%(number)s, give or take %(tolerance)s", number=item.answer, tolerance=item.tolerance)] if item.answer else []
    return [option.text for option in item.options if option.correct]


def answers_now(correction: KeyCorrection) -> Sequence[str]:
    """The answers that are right by a correction of the key. Needs the item with options."""
    if "right" in correction.key:
        return [option.text for option in correction.item.options if option.id in correction.key["right"]]
    if "number" in correction.key:
        return [_("%(number)s, give or take %(tolerance)s", **correction.key)]
    return []
