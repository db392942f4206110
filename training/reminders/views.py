"""The page of who is overdue with what, and who was last told of it when."""

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from core.clock import today
from core.people.rights import Right
from core.web.access import access
from core.web.pages import page
from core.web.paging import wanted_page
from training.compliance.labels import STANDINGS, TONES
from training.reminders.models import Audience
from training.reminders.overdue import overdue_page

bp = Blueprint("training_reminders", __name__, url_prefix="/compliance/reminders")


@bp.route("")
@access(Right.SEE_TEAM_COMPLIANCE)
def index() -> ResponseReturnValue:
    """Everybody in sight who is overdue, the longest first, with the last reminder of each."""
    day, words = today(g.person.time_zone), request.args.get("words", "").strip()[:80]
    found, count = overdue_page(g.person, on=day, words=words, number=wanted_page())
    return page(
        "training/reminders/index.html",
        overdue=found,
        count=count,
        day=day,
        words=words,
        standings=STANDINGS,
        tones=TONES,
        Audience=Audience,
    )
