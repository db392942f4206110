"""A report's chart as SVG, without script and without anything from elsewhere."""

import re
import sys

from pygal import HorizontalBar
from pygal.style import Style

from hiring.insight.reports import Report

# pygal leaves an importer of the old kind behind, for maps we do not draw; Python warns of it at every import from then on
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__.split(".")[0] != "pygal"]

NOT_DRAWN = re.compile(r"<script.*?</script>|<!--.*?-->", re.DOTALL)  # pygal writes its settings and a word about itself into each picture
WIDTH, NARROW, HEAD, BAR = 720, 320, 40, 34
MOST = 12
LOOK = Style(
    background="transparent",
    plot_background="transparent",
    foreground="#52645f",
    foreground_strong="#17312b",
    foreground_subtle="#c9d4d0",
    colors=("#0b5d52",),
    font_family="sans-serif",
    label_font_size=13,
    major_label_font_size=13,
    value_font_size=13,
    value_colors=("#ffffff",),
)


def bars(report: Report, *, narrow: bool = False) -> str:
    """The second column of the report's first lines, as bars from the top down; a narrow one is as wide as a phone, its letters as large."""
    shown = report.lines[:MOST][::-1]
    chart = HorizontalBar(
        js=[],
        width=NARROW if narrow else WIDTH,
        height=HEAD + BAR * max(1, len(shown)),
        explicit_size=True,
        show_legend=False,
        print_values=True,
        margin=4,
        truncate_label=16 if narrow else 40,
        y_labels_major_count=3 if narrow else None,
        show_minor_x_labels=not narrow,
        style=LOOK,
        no_data_text="",
        range=None if any(line.cells[1] for line in shown) else (0, 1),
    )
    chart.x_labels = [str(line.cells[0]) for line in shown]
    chart.add(report.columns[1], [line.cells[1] or 0 for line in shown], formatter=lambda value: f"{value:g}")
    drawn: str = chart.render(is_unicode=True, disable_xml_declaration=True)
    return NOT_DRAWN.sub("", drawn)
