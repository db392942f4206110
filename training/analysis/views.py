"""Pages of the analysis of an exam's questions, its chart and its files."""

from uuid import UUID

from flask import Blueprint, Response, g, request
from flask.typing import ResponseReturnValue

from core.people.rights import Right
from core.web.access import access
from core.web.pages import page
from core.web.spreadsheets import XLSX, csv_text, xlsx_bytes
from training.analysis import labels, queries, verdicts
from training.analysis.charts import hardest
from training.analysis.report import Analysis, analysis_of
from training.analysis.tables import rows
from training.items.labels import ITEM_KINDS
from training.regrading.policy import can_correct

bp = Blueprint("analysis", __name__, url_prefix="/course-versions/<uuid:version_id>/analysis")
ALL = "all"


def _analysis(version_id: UUID) -> Analysis:
    return analysis_of(queries.get_version(version_id), first_only=request.args.get("attempts") != ALL)


@bp.route("")
@access(Right.WRITE_COURSES)
def show(version_id: UUID) -> ResponseReturnValue:
    """What the answers say about the questions."""
    found = _analysis(version_id)
    asked = {} if found.first_only else {"attempts": ALL}
    band = None if found.exam is None else verdicts.reliability_band(found.exam)
    return page(
        "training/analysis/show.html",
        analysis=found,
        asked=asked,
        band=band,
        labels=labels,
        verdicts=verdicts,
        kinds=ITEM_KINDS,
        may_correct=can_correct(g.person, found.version),
    )


@bp.route("/chart.svg")
@access(Right.WRITE_COURSES)
def chart(version_id: UUID) -> Response:
    """The chart, shown by the page as a picture."""
    return _picture(hardest(_analysis(version_id)))


@bp.route("/narrow-chart.svg")
@access(Right.WRITE_COURSES)
def narrow_chart(version_id: UUID) -> Response:
    """The same for a phone."""
    return _picture(hardest(_analysis(version_id), narrow=True))


def _picture(drawn: str) -> Response:
    return Response(drawn, mimetype="image/svg+xml", headers={"Cache-Control": "private, no-store"})


@bp.route("/questions.csv")
@access(Right.WRITE_COURSES)
def as_csv(version_id: UUID) -> Response:
    """The questions as CSV."""
    found = _analysis(version_id)
    return _file(csv_text(rows(found)), "text/csv", found, "csv")


@bp.route("/questions.xlsx")
@access(Right.WRITE_COURSES)
def as_xlsx(version_id: UUID) -> Response:
    """The questions as a workbook."""
    found = _analysis(version_id)
    return _file(xlsx_bytes(found.version.course.code, rows(found)), XLSX, found, "xlsx")


def _file(content: str | bytes, kind: str, found: Analysis, ending: str) -> Response:
    name = f"{found.version.course.code}-v{found.version.number}-questions.{ending}"
    response = Response(content, mimetype=kind)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
