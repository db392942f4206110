"""A report's chart."""

from typing import cast

from core.web.charts import bar_chart
from hiring.insight.reports import Report


def bars(report: Report, *, narrow: bool = False) -> str:
    """The second column of the report's first lines."""
    lengths = [(str(line.cells[0]), cast("float | None", line.cells[1])) for line in report.lines]
    return bar_chart(report.columns[1], lengths, narrow=narrow)
