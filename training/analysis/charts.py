"""The chart of an analysis."""

from core.web.charts import bar_chart
from core.web.i18n import _
from training.analysis.report import Analysis


def hardest(analysis: Analysis, *, narrow: bool = False) -> str:
    """How many percent of the points the questions earned, the hardest first."""
    ordered = sorted(analysis.lines, key=lambda line: (line.figures.facility, line.number))
    bars = [(f"{line.number}. {line.item.words}", round(line.figures.facility, 1)) for line in ordered]
    return bar_chart(_("Facility"), bars, narrow=narrow)
