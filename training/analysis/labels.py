"""Words for what an analysis finds."""

from typing import Any

from flask_babel import format_decimal

from core.web.i18n import _, _l
from training.analysis.verdicts import Band, Reason, ReliabilityBand

BANDS: dict[Band, Any] = {
    Band.VERY_GOOD: _l("very good"),
    Band.ADEQUATE: _l("adequate"),
    Band.WEAK: _l("weak"),
    Band.VERY_WEAK: _l("very weak"),
    Band.NEGATIVE: _l("negative"),
}
BAND_TONES: dict[Band, str] = {
    Band.VERY_GOOD: "success",
    Band.ADEQUATE: "success",
    Band.WEAK: "warning",
    Band.VERY_WEAK: "warning",
    Band.NEGATIVE: "danger",
}
RELIABILITY: dict[ReliabilityBand, Any] = {
    ReliabilityBand.SATISFACTORY: _l("satisfactory"),
    ReliabilityBand.BETWEEN: _l("between"),
    ReliabilityBand.UNSATISFACTORY: _l("unsatisfactory"),
}
RELIABILITY_TONES: dict[ReliabilityBand, str] = {
    ReliabilityBand.SATISFACTORY: "success",
    ReliabilityBand.BETWEEN: "warning",
    ReliabilityBand.UNSATISFACTORY: "danger",
}
REASONS: dict[Reason, Any] = {
    Reason.NEGATIVE: _l("Those who do well in the rest of the exam do worse here: the key is probably wrong, or the question misleads"),
    Reason.WRONG_KEY: _l("The best third chose a wrong answer more often than the right one: look at the key"),
    Reason.BELOW_GUESSING: _l("Guessing blindly would earn more"),
    Reason.TOO_HARD: _l("Hardly anybody gets it right"),
    Reason.TOO_EASY: _l("Nearly everybody gets it right"),
    Reason.VERY_WEAK: _l("It hardly tells who knows the subject from who does not"),
    Reason.DEAD_OPTION: _l("A wrong answer is chosen by hardly anybody"),
    Reason.HURRIED: _l("Many answer in a fraction of the time others take: perhaps they guess, or know it from elsewhere"),
}


def number(value: float | None, digits: int = 1) -> str:
    """A figure as people read it."""
    return "–" if value is None else str(format_decimal(round(value, digits)))


def seconds(value: float | None) -> str:
    """A short time as people read it."""
    if value is None:
        return "–"
    return str(_("%(seconds)s s", seconds=round(value)) if value < 120 else _("%(minutes)s min", minutes=number(value / 60)))
