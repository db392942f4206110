"""The analysis as a table of plain values, from which spreadsheets are made: what the page shows, and nothing besides."""

from collections.abc import Sequence
from fractions import Fraction

from core.web.i18n import _
from core.web.spreadsheets import Cell
from hiring.fairness import labels
from hiring.fairness.analysis import Comparison
from hiring.fairness.queries import GateFigures
from hiring.survey.questions import SurveyQuestion


def tenths(share: Fraction) -> int:
    """Tenths of a per cent, rounded down: 79.96 per cent is not 80."""
    return share.numerator * 1000 // share.denominator


def table_of(question: SurveyQuestion, gates: Sequence[GateFigures]) -> list[Sequence[Cell]]:
    """The table, head first: each gate with its groups, then those that are not shown, then who told nothing."""
    head = [
        _("Step"),
        question.text,
        _("Passed"),
        _("Decided on"),
        _("Rate in per cent"),
        _("Ratio in per cent"),
        _("Deviations"),
        _("Test"),
        _("Probability"),
    ]
    rows: list[Sequence[Cell]] = [[str(word) for word in (*head, _("Corrected"), _("One more, in per cent"), _("Short by"), _("What it says"))]]
    for one in gates:
        gate = str(labels.GATES[one.gate])
        rows += [_line(gate, str(question.answers[row.group.name]), row) for row in one.compared]
        rows += [[gate, str(question.answers[name]), *[None] * 10, str(_("Not shown"))] for name in one.shown.hidden]
        if one.shown.undeclared:
            rows.append([gate, str(_("Told nothing")), None, one.shown.undeclared, *[None] * 8, str(_("Outside the comparison"))])
    return rows


def _line(gate: str, group: str, row: Comparison) -> list[Cell]:
    test = None if row.method is None else str(labels.METHODS[row.method])
    said = f"{labels.FINDINGS[row.finding][0]}: {labels.FINDINGS[row.finding][2]}"
    rates = (_percent(row.group.rate), _percent(row.ratio))
    significance = (row.z, test, row.p, row.holm, _percent(row.ratio_after_one))
    return [gate, group, row.group.passed, row.group.decided, *rates, *significance, row.shortfall if row.flagged else None, said]


def _percent(share: Fraction | None) -> float | None:
    return None if share is None else tenths(share) / 10
