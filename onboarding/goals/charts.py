"""A small line of what was reached, as SVG without script."""

import re
import sys

from pygal import Line
from pygal.style import Style

from onboarding.goals.models import Goal

# pygal leaves an importer of the old kind behind, for maps we do not draw; Python warns of it at every import from then on
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__.split(".")[0] != "pygal"]

NOT_DRAWN = re.compile(r"<script.*?</script>|<!--.*?-->", re.DOTALL)
MOST = 60
LOOK = Style(background="transparent", plot_background="transparent", colors=("#0b5d52", "#b45309"), font_family="sans-serif", label_font_size=11)


def line_of(goal: Goal) -> str:
    """The latest figures, and the target as a second line."""
    shown = goal.actuals[-MOST:]
    chart = Line(
        js=[], width=560, height=220, explicit_size=True, show_legend=False, margin=4, style=LOOK, no_data_text="", x_label_rotation=0, dots_size=3
    )
    chart.x_labels = [actual.on.isoformat() for actual in shown]
    chart.x_labels_major_count = 3
    chart.show_minor_x_labels = False
    chart.add("", [actual.value / 100 for actual in shown])
    chart.add("", [goal.shown.target / 100] * len(shown), show_dots=False)
    drawn: str = chart.render(is_unicode=True, disable_xml_declaration=True)
    return NOT_DRAWN.sub("", drawn)
