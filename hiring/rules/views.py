"""The page of the register."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from core.people.rights import Right
from core.web.access import access
from core.web.pages import page
from hiring.rules.register import EFFECTS, RECRUITING, RULES

bp = Blueprint("rules", __name__)


@bp.get("/automatic-rules")
@access(Right.WORK)
def index() -> ResponseReturnValue:
    """Everything hiring does by itself."""
    return page("hiring/rules/index.html", rules=RULES, effects=EFFECTS, owner=RECRUITING)
