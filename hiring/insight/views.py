"""Pages of figures, their charts and spreadsheets, and the people behind a number."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from core.people.queries import departments, job_roles
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _, _l
from core.web.pages import page
from core.web.paging import wanted_page
from core.web.spreadsheets import XLSX, csv_text, xlsx_bytes
from hiring.applications.labels import STATE_TONES, STATES
from hiring.careers.sources import source_text
from hiring.insight import labels, queries
from hiring.insight.charts import bars
from hiring.insight.models import Measure
from hiring.insight.queries import InsightFilter
from hiring.insight.reports import REPORTS, Report

bp = Blueprint("insight", __name__, url_prefix="/insight")
NAMES = {
    "funnel": _l("Funnel"),
    "times": _l("Times"),
    "sources": _l("Sources"),
    "offers": _l("Offers sent"),
    "interviewers": _l("Interviewers"),
    "reasons": _l("Reasons"),
}
BEHIND = (Measure.REACHED, Measure.SOURCE, Measure.SOURCE_HIRED, Measure.REASON)


def _wanted() -> InsightFilter:
    return InsightFilter(_month("since"), _month("until"), _key("department"), _key("role"))


def _month(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, "")).replace(day=1)
    except ValueError:
        return None


def _key(name: str) -> UUID | None:
    try:
        return UUID(request.args.get(name, ""))
    except ValueError:
        return None


def _asked() -> dict[str, str]:
    return {name: request.args[name] for name in ("since", "until", "department", "role") if request.args.get(name)}


def _report(name: str) -> Report:
    return REPORTS[name](g.person, _wanted()) if name in REPORTS else abort(404)


@bp.get("")
@bp.get("/<any(funnel,times,sources,offers,interviewers,reasons):name>")
@access(Right.SEE_POSTINGS)
def show(name: str = "funnel") -> ResponseReturnValue:
    """One report: chart and table."""
    return page(
        "hiring/insight/show.html",
        name=name,
        names=NAMES,
        report=_report(name),
        wanted=_wanted(),
        asked=_asked(),
        months=[("", _("Any time")), *((month.isoformat(), format_date(month, "MMMM yyyy")) for month in queries.months())],
        departments=[("", _("All departments")), *((str(row.public_id), row.name) for row in departments())],
        roles=[("", _("All job roles")), *((str(row.public_id), row.name) for row in job_roles())],
        counted_at=queries.counted_at(),
    )


@bp.get("/<name>/chart.svg")
@access(Right.SEE_POSTINGS)
def chart(name: str) -> ResponseReturnValue:
    """The report's chart, shown by the page as a picture."""
    return _picture(bars(_report(name)))


@bp.get("/<name>/narrow-chart.svg")
@access(Right.SEE_POSTINGS)
def narrow_chart(name: str) -> ResponseReturnValue:
    """The same for a phone."""
    return _picture(bars(_report(name), narrow=True))


def _picture(drawn: str) -> Response:
    answer = Response(drawn, mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@bp.get("/<name>.csv")
@access(Right.SEE_POSTINGS)
def as_csv(name: str) -> ResponseReturnValue:
    """The report's table as CSV."""
    return _file(csv_text(_report(name).rows()), "text/csv", f"{name}.csv")


@bp.get("/<name>.xlsx")
@access(Right.SEE_POSTINGS)
def as_xlsx(name: str) -> ResponseReturnValue:
    """The report's table as a workbook."""
    report = _report(name)
    return _file(xlsx_bytes(report.title, report.rows()), XLSX, f"{name}.xlsx")


def _file(content: str | bytes, kind: str, name: str) -> Response:
    return Response(content, mimetype=kind, headers={"Content-Disposition": f"attachment; filename={name}"})


@bp.get("/people")
@access(Right.SEE_APPLICATIONS)
def people() -> ResponseReturnValue:
    """The applications behind a number, of those I may see."""
    try:
        measure = Measure(request.args.get("measure", ""))
        found = queries.people_behind(g.person, measure, request.args.get("label", ""), _wanted(), number=wanted_page())
    except ValueError:
        abort(404)
    if measure not in BEHIND:
        abort(404)
    came_from = request.args.get("from", "")
    values: dict[str, Any] = {"name": came_from if came_from in REPORTS else "funnel", **_asked()}
    back = url_for(".show", **values)
    return page(
        "hiring/insight/people.html", found=found, what=labels.MEASURES[measure], back=back, states=STATES, tones=STATE_TONES, label=_label(measure)
    )


def _label(measure: Measure) -> str:
    label = request.args.get("label", "")
    words = {str(kind): str(word) for kind, word in labels.STAGES.items()} if measure is Measure.REACHED else {}
    return words.get(label, source_text(label) if measure in (Measure.SOURCE, Measure.SOURCE_HIRED) else "")
