"""The page on adverse impact."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal

from core.people.models import Department, JobRole
from core.people.queries import departments
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.spreadsheets import XLSX, Cell, csv_text, xlsx_bytes
from hiring.fairness import labels, queries
from hiring.fairness.disclosure import SMALLEST_GROUP
from hiring.fairness.periods import ENOUGH
from hiring.fairness.queries import FairnessFilter
from hiring.fairness.tables import table_of, tenths
from hiring.survey.questions import BY_NAME, QUESTIONS, SurveyQuestion

bp = Blueprint("fairness", __name__, url_prefix="/fairness")


@bp.get("")
@access(Right.SEE_FAIRNESS)
def show() -> ResponseReturnValue:
    """Groups at each gate for one question of the survey."""
    question, wanted = _question(), _wanted()
    return page(
        "hiring/fairness/show.html",
        question=question,
        questions=QUESTIONS,
        wanted=wanted,
        asked={name: value for name, value in vars(wanted).items() if value is not None},
        gates=queries.figures(question.name, wanted),
        counted_at=queries.counted_at(),
        periods=queries.periods(),
        departments=_choices(_("All departments"), departments()),
        roles=_choices(_("All job roles"), queries.roles_counted(wanted.department)) if wanted.department else [],
        share_text=share_text,
        labels=labels,
        smallest=SMALLEST_GROUP,
        enough=ENOUGH,
    )


@bp.get("/table.csv")
@access(Right.SEE_FAIRNESS)
def as_csv() -> ResponseReturnValue:
    """What the page shows as CSV."""
    return _file(csv_text(_table()), "text/csv", "csv")


@bp.get("/table.xlsx")
@access(Right.SEE_FAIRNESS)
def as_xlsx() -> ResponseReturnValue:
    """What the page shows as a workbook."""
    return _file(xlsx_bytes(_("Adverse impact"), _table()), XLSX, "xlsx")


def _table() -> list[Sequence[Cell]]:
    question = _question()
    return table_of(question, queries.figures(question.name, _wanted()))


def _file(content: str | bytes, kind: str, ending: str) -> Response:
    name = f"adverse-impact-{_question().name}.{ending}"
    return Response(content, mimetype=kind, headers={"Content-Disposition": f"attachment; filename={name}", "Cache-Control": "private, no-store"})


def _question() -> SurveyQuestion:
    return BY_NAME.get(request.args.get("question", ""), QUESTIONS[0])


def _wanted() -> FairnessFilter:
    """A job role is looked at within its department: across departments it could be set against one of them."""
    department = _key("department")
    return FairnessFilter(_day("since"), _day("until"), department, _key("role") if department else None)


def share_text(share: Fraction) -> str:
    """A share in per cent with one decimal, rounded down: 79.96 per cent is not 80."""
    return f"{format_decimal(Decimal(tenths(share)) / 10, '0.0')}\N{NO-BREAK SPACE}%"


def _choices(every: str, rows: Sequence[Department | JobRole]) -> list[tuple[str, str]]:
    return [("", every), *((str(row.public_id), row.name) for row in rows)]


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


def _key(name: str) -> UUID | None:
    try:
        return UUID(request.args.get(name, ""))
    except ValueError:
        return None
