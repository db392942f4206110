"""Mentors' load over time as SVG, without script and without anything from elsewhere."""

import re
import sys
from collections.abc import Sequence

from pygal import StackedBar
from pygal.style import Style

# pygal leaves an importer of the old kind behind, for maps we do not draw; Python warns of it at every import from then on
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__.split(".")[0] != "pygal"]

NOT_DRAWN = re.compile(r"<script.*?</script>|<!--.*?-->", re.DOTALL)
WIDTH, NARROW, HEIGHT = 720, 320, 260
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


def weekly_bars(labels: Sequence[str], totals: Sequence[int], *, title: str, narrow: bool = False) -> str:
    """Sessions of all mentors, week by week."""
    chart = StackedBar(
        js=[],
        width=NARROW if narrow else WIDTH,
        height=HEIGHT,
        explicit_size=True,
        show_legend=False,
        print_values=True,
        print_zeroes=False,
        margin=4,
        x_label_rotation=60 if narrow else 30,
        style=LOOK,
        no_data_text="",
        range=None if any(totals) else (0, 1),
    )
    chart.x_labels = list(labels)
    highest = max(totals, default=0)
    chart.y_labels = range(0, highest + 2, max(1, highest // 6))  # no half sessions
    chart.add(title, list(totals), formatter=lambda value: f"{value:g}")
    drawn: str = chart.render(is_unicode=True, disable_xml_declaration=True)
    return NOT_DRAWN.sub("", drawn)
