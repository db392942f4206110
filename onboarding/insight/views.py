"""Pages of figures about onboarding, their charts and spreadsheets, and the people behind a number."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast
from uuid import UUID

from flask import Blueprint, Response, abort, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from core.people.queries import departments, job_roles
from core.people.rights import Right
from core.web.access import access
from core.web.charts import bar_chart
from core.web.i18n import _, _l
from core.web.pages import page
from core.web.paging import Page, wanted_page
from core.web.spreadsheets import XLSX, Cell, csv_text, xlsx_bytes
from onboarding.checklists.models import Checklist
from onboarding.checklists.policy import can_run
from onboarding.insight import queries
from onboarding.insight.queries import InsightFilter
from onboarding.insight.reports import REPORTS, Report
from onboarding.pulse.grouping import SMALLEST_GROUP
from onboarding.pulse.queries import texts
from onboarding.pulse.questions import WAVES

bp = Blueprint("onboarding_insight", __name__, url_prefix="/onboarding/insight")
NAMES = {
    "productive": _l("Time to productive"),
    "phases": _l("By phase"),
    "parts": _l("By who does it"),
    "templates": _l("By template"),
    "drop-off": _l("Drop-off"),
    "mentors": _l("Mentor hours"),
    "pulse": _l("Pulse"),
}
REPORT = '/<any(productive,phases,parts,templates,"drop-off",mentors,pulse):name>'
SIZE = 25


@bp.get("")
@bp.get(REPORT)
@access(Right.SEE_ONBOARDING)
def show(name: str = "productive") -> ResponseReturnValue:
    """One report: chart and table."""
    is_pulse = name == "pulse"
    return page(
        "onboarding/insight/show.html",
        name=name,
        names=NAMES,
        report=_report(name),
        wanted=_wanted(),
        asked=_asked(),
        months=[("", _("Any time")), *((month.isoformat(), format_date(month, "MMMM yyyy")) for month in queries.months(g.person))],
        departments=[("", _("All departments")), *((str(row.public_id), row.name) for row in departments())],
        roles=[("", _("All job roles")), *((str(row.public_id), row.name) for row in job_roles())],
        texts={WAVES[wave]: texts(wave) for wave in WAVES} if is_pulse and can_run(g.person) else {},
        smallest=SMALLEST_GROUP,
    )


@bp.get(f"{REPORT}/chart.svg")
@access(Right.SEE_ONBOARDING)
def chart(name: str) -> ResponseReturnValue:
    """The report's chart, shown by the page as a picture."""
    return _picture(name, narrow=False)


@bp.get(f"{REPORT}/narrow-chart.svg")
@access(Right.SEE_ONBOARDING)
def narrow_chart(name: str) -> ResponseReturnValue:
    """The same for a phone."""
    return _picture(name, narrow=True)


@bp.get(f"{REPORT}.csv")
@access(Right.SEE_ONBOARDING)
def as_csv(name: str) -> ResponseReturnValue:
    """The report's table as CSV."""
    return _file(csv_text(_report(name).rows()), "text/csv", f"{name}.csv")


@bp.get(f"{REPORT}.xlsx")
@access(Right.SEE_ONBOARDING)
def as_xlsx(name: str) -> ResponseReturnValue:
    """The report's table as a workbook."""
    report = _report(name)
    return _file(xlsx_bytes(report.title, report.rows()), XLSX, f"{name}.xlsx")


@bp.get(f"{REPORT}/people")
@access(Right.SEE_ONBOARDING)
def people(name: str) -> ResponseReturnValue:
    """The people behind a number, of those I oversee."""
    report, what, behind = _behind(name)
    found, number = queries.checklists_behind(g.person, list(behind)), wanted_page()
    first = (number - 1) * SIZE
    return page(
        "onboarding/insight/people.html",
        name=name,
        found=Page(found[first : first + SIZE], number, len(found) > first + SIZE),
        behind=behind,
        count=len(found),
        what=what,
        report=report,
        asked=_asked(),
        file=url_for(".people_as_csv", name=name, line=request.args.get("line", ""), column=request.args.get("column", ""), **_asked()),
    )


@bp.get(f"{REPORT}/people.csv")
@access(Right.SEE_ONBOARDING)
def people_as_csv(name: str) -> ResponseReturnValue:
    """The same people as CSV."""
    report, _what, behind = _behind(name)
    head: list[Cell] = [_("Person"), _("Job role"), _("Department"), _("Start"), report.unit or _("Counted")]
    rows = [_row(checklist, behind) for checklist in queries.checklists_behind(g.person, list(behind))]
    return _file(csv_text([head, *rows]), "text/csv", f"{name}-people.csv")


def _row(checklist: Checklist, behind: Mapping[int, Cell]) -> list[Cell]:
    employment = checklist.employment
    return [checklist.person.name, employment.job_role.name, employment.department.name, checklist.starts_on.isoformat(), behind[checklist.id]]


def _behind(name: str) -> tuple[Report, str, Mapping[int, Cell]]:
    """The report, what the number is called, and the onboardings behind it."""
    report, asked = _report(name), request.args.get("column", "")
    line = next((line for line in report.lines if line.key == request.args.get("line")), None)
    column = int(asked) if asked.isdecimal() and len(asked) < 3 else 0
    if line is None or column not in line.behind:
        abort(404)
    return report, f"{line.cells[0]}: {report.columns[column]}", line.behind[column]


def _report(name: str) -> Report:
    return REPORTS[name](g.person, _wanted())


def _wanted() -> InsightFilter:
    return InsightFilter(_month("since"), _month("until"), _key("department"), _key("role"))


def _asked() -> dict[str, Any]:
    return {name: request.args[name] for name in ("since", "until", "department", "role") if request.args.get(name)}


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


def _picture(name: str, *, narrow: bool) -> Response:
    report = _report(name)
    lengths = [(str(line.cells[0]), cast("float | None", line.cells[1])) for line in report.lines]
    answer = Response(bar_chart(report.columns[-1 if not lengths else 1], lengths, narrow=narrow), mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _file(content: str | bytes, kind: str, name: str) -> Response:
    return Response(content, mimetype=kind, headers={"Content-Disposition": f"attachment; filename={name}"})
