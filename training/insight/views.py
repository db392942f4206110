"""Pages of figures of compliance, their charts and spreadsheets, and the people behind a number."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, g, request
from flask.typing import ResponseReturnValue

from core.clock import today
from core.people.rights import Right
from core.web.access import access
from core.web.charts import bar_chart
from core.web.i18n import _, _l
from core.web.pages import page
from core.web.paging import Page, wanted_page
from core.web.spreadsheets import XLSX, csv_text, xlsx_bytes
from training.auditing.sight import covers_only_some_days, insist_on_day, last_day_within
from training.compliance.asking import filter_of
from training.compliance.moment import asked_for
from training.compliance.queries import filter_choices
from training.insight import gathering, tables
from training.insight.charts import trend_line
from training.insight.gathering import Asked
from training.insight.reports import AHEAD, SMALLEST_GROUP

bp = Blueprint("compliance_insight", __name__, url_prefix="/compliance/insight")
NAMES = {"trend": _l("Trend"), "forecast": _l("Forecast"), "league": _l("Departments"), "heat-map": _l("Heat map")}
READ: dict[str, Callable[[Asked], Any]] = {
    "trend": gathering.read_trend,
    "forecast": gathering.read_forecast,
    "league": gathering.read_grid,
    "heat-map": gathering.read_grid,
}
TABLES: dict[str, Callable[[Any], tables.Table]] = {
    "trend": tables.trend_table,
    "forecast": tables.forecast_table,
    "league": tables.league_table,
    "heat-map": tables.heat_table,
}
NAMED = '<any(trend,forecast,league,"heat-map"):name>'
PAGE_SIZE = 50


def _asked() -> Asked:
    day = asked_for(request.args, today=last_day_within(g.person, today(g.person.time_zone))).on
    insist_on_day(g.person, day)
    return Asked(g.person, filter_of(request.args), day)


def _read(name: str) -> Any:
    if name in ("trend", "forecast") and covers_only_some_days(g.person):
        abort(404)  # they tell of days before and after
    return READ[name](_asked())


def _told(name: str) -> dict[str, Any]:
    """What every page of figures says of what it was asked."""
    asked = _asked()
    address = {**asked.wanted.address, "as_of": request.args.get("as_of") or None}
    return {"name": name, "names": NAMES, "wanted": asked.wanted, "day": asked.on, "asked": address, "ahead": AHEAD, "smallest": SMALLEST_GROUP}


@bp.route("")
@bp.route(f"/{NAMED}")
@access(Right.SEE_TEAM_COMPLIANCE)
def show(name: str = "trend") -> ResponseReturnValue:
    """One report: table, and chart where there is one."""
    told = _told(name)
    return page(f"training/insight/{name.replace('-', '_')}.html", report=_read(name), choices=filter_choices(g.person, on=told["day"]), **told)


@bp.route("/<any(trend,league):name>/chart.svg")
@access(Right.SEE_TEAM_COMPLIANCE)
def chart(name: str) -> ResponseReturnValue:
    """The report as a picture, which its page shows; `narrow=yes` for a phone."""
    narrow, report = request.args.get("narrow") == "yes", _read(name)
    if name == "trend":
        drawn = trend_line(report, narrow=narrow)
    else:
        bars = [(department, share.percent) for place, _key, department, share in report.league if place is not None]
        drawn = bar_chart(str(_("Percent")), bars, narrow=narrow)
    return Response(drawn, mimetype="image/svg+xml", headers={"Cache-Control": "private, no-store"})


@bp.route(f"/{NAMED}.csv")
@access(Right.SEE_TEAM_COMPLIANCE)
def as_csv(name: str) -> ResponseReturnValue:
    """The report's table as CSV."""
    return _file(csv_text(TABLES[name](_read(name))), "text/csv", f"compliance-{name}.csv")


@bp.route(f"/{NAMED}.xlsx")
@access(Right.SEE_TEAM_COMPLIANCE)
def as_xlsx(name: str) -> ResponseReturnValue:
    """The report's table as a workbook."""
    return _file(xlsx_bytes(str(NAMES[name]), TABLES[name](_read(name))), XLSX, f"compliance-{name}.xlsx")


def _file(content: str | bytes, kind: str, name: str) -> Response:
    return Response(content, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@bp.route("/forecast/people")
@access(Right.SEE_TEAM_COMPLIANCE)
def people() -> ResponseReturnValue:
    """Who lacks a course, or will within so many days."""
    within = request.args.get("within", 0, type=int)
    if within not in (0, *AHEAD):
        abort(404)
    told = _told("forecast")
    outlook = next((one for one in _read("forecast") if one.course.code == told["wanted"].course), None)
    if outlook is None:
        abort(404)
    number = wanted_page()
    found = gathering.people_behind(_asked(), outlook, within=within)
    first = (number - 1) * PAGE_SIZE
    shown = Page(found[first : first + PAGE_SIZE], number, len(found) > first + PAGE_SIZE)
    return page("training/insight/people.html", outlook=outlook, within=within, shown=shown, count=len(found), **told)
