"""The page on adverse impact."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal

from core.people.models import Department, JobRole
from core.people.queries import departments, job_roles
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from hiring.fairness import labels, queries
from hiring.fairness.groups import SMALLEST_GROUP
from hiring.fairness.queries import FairnessFilter
from hiring.survey.questions import BY_NAME, QUESTIONS

bp = Blueprint("fairness", __name__, url_prefix="/fairness")


@bp.get("")
@access(Right.SEE_FAIRNESS)
def show() -> ResponseReturnValue:
    """Groups at each gate for one question of the survey."""
    question = BY_NAME.get(request.args.get("question", ""), QUESTIONS[0])
    wanted = FairnessFilter(_day("since"), _day("until"), _key("department"), _key("role"))
    return page(
        "hiring/fairness/show.html",
        question=question,
        questions=QUESTIONS,
        wanted=wanted,
        gates=queries.figures(question.name, wanted),
        counted_at=queries.counted_at(),
        quarters=queries.quarters(),
        departments=_choices(_("All departments"), departments()),
        roles=_choices(_("All job roles"), job_roles()),
        share_text=share_text,
        labels=labels,
        smallest=SMALLEST_GROUP,
    )


def share_text(share: Fraction) -> str:
    """A share in per cent with one decimal, rounded down: 79.96 per cent is not 80."""
    tenths = share.numerator * 1000 // share.denominator
    return f"{format_decimal(Decimal(tenths) / 10, '0.0')}\N{NO-BREAK SPACE}%"


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
