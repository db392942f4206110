"""Pages on which an auditor reads the trail and checks it."""

from datetime import date

from flask import Blueprint, current_app, g, request
from flask.typing import ResponseReturnValue

from core.audit import queries
from core.audit.verify import verify_trail
from core.people.rights import Right
from core.web.access import access
from core.web.forms import YEARS
from core.web.pages import page
from core.web.paging import wanted_page

bp = Blueprint("audit_trail", __name__, url_prefix="/audit")


def _asked_day() -> date | None:
    try:
        asked = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return None
    return asked if asked.year in YEARS else None


@bp.route("")
@access(Right.SEE_AUDIT)
def trail() -> ResponseReturnValue:
    """Everything that was done, newest first."""
    name = request.args.get("name", "")[:60]
    day = _asked_day()
    lines = queries.trail(name=name, day=day, zone=g.person.time_zone, number=wanted_page())
    return page("core/audit/trail.html", lines=lines, name=name, day=day, sentences=current_app.extensions["audit_sentences"])


@bp.route("/check")
@access(Right.SEE_AUDIT)
def check() -> ResponseReturnValue:
    """Recompute the whole chain and say whether it stands."""
    return page("core/audit/check.html", verdict=verify_trail())
