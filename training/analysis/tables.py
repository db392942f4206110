"""The analysis as tables for spreadsheets."""

from collections.abc import Iterator

from core.web.i18n import _
from core.web.spreadsheets import Cell
from training.analysis.labels import REASONS
from training.analysis.report import Analysis, Line
from training.items.labels import ITEM_KINDS


def rows(analysis: Analysis) -> Iterator[list[Cell]]:
    """The head, a row for each question, and for each answer offered one below its question."""
    yield [
        _("Question"), _("Kind"), _("Text"), _("Answer"), _("Right"), _("Asked"), _("Facility"), _("Discrimination"), _("Efficiency"),
        _("Best less weakest 27 percent"), _("Random guess"), _("Chosen"), _("Chosen by the best third"), _("Chosen by the weakest third"),
        _("Median seconds"), _("Very quick answers"), _("Very slow answers"), _("To mend"),
    ]  # fmt: skip
    for line in analysis.lines:
        yield _of_question(line)
        texts = {option.id: option.text for option in line.item.options}
        for option in line.figures.options:
            right = _("Yes") if option.is_right else _("No")
            chosen = [_rounded(option.chosen), _rounded(option.by_best), _rounded(option.by_weakest)]
            yield [line.number, None, None, texts[option.id], right, None, None, None, None, None, None, *chosen, None, None, None, None]


def _of_question(line: Line) -> list[Cell]:
    figures = line.figures
    reasons = "; ".join(str(REASONS[reason]) for reason in line.reasons)
    told = [figures.facility, figures.discrimination, figures.efficiency, figures.upper_lower, figures.guess]
    times: list[Cell] = [_rounded(figures.median_seconds), figures.hurried, figures.dragged]
    head: list[Cell] = [line.number, str(ITEM_KINDS[line.item.kind]), line.item.words, None, None, figures.asked]
    return [*head, *map(_rounded, told), None, None, None, *times, reasons]


def _rounded(value: float | None) -> Cell:
    return None if value is None else round(value, 2)
