"""The trend of compliance as SVG, without script and without anything from elsewhere."""

from collections.abc import Sequence

from pygal import Line

from core.web.charts import LOOK, NARROW, NOT_DRAWN, WIDTH
from core.web.dates import day_text
from core.web.i18n import _
from training.insight.reports import Point

HEIGHT = 280


def trend_line(points: Sequence[Point], *, narrow: bool = False) -> str:
    """The share in order, month by month; every third month is named."""
    chart = Line(
        js=[],
        width=NARROW if narrow else WIDTH,
        height=HEIGHT,
        explicit_size=True,
        show_legend=False,
        show_minor_x_labels=False,
        x_labels_major_every=6 if narrow else 3,
        x_label_rotation=40,
        margin=4,
        dots_size=3,
        range=(0, 100),
        style=LOOK,
        no_data_text="",
    )
    chart.x_labels = [day_text(point.day, "MMM yyyy") for point in points]
    chart.add(str(_("Percent")), [point.percent for point in points], formatter=lambda value: f"{value:g} %")
    drawn: str = chart.render(is_unicode=True, disable_xml_declaration=True)
    return NOT_DRAWN.sub("", drawn)
