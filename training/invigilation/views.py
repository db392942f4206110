"""Pages for whoever looks after an exam: who sits it, and what was noticed; and the address the exam's page tells it to."""

from uuid import UUID

from flask import Blueprint, g, jsonify, request
from flask.typing import ResponseReturnValue

from core.clock import now
from core.people.rights import Right
from core.web.access import access
from core.web.pages import page
from core.web.paging import wanted_page
from training.catalogue.queries import get_course
from training.exams.queries import get_attempt
from training.invigilation import actions, queries

bp = Blueprint("invigilation", __name__)
LONGEST = 86_400


@bp.route("/courses/<uuid:course_id>/sittings")
@access(Right.WRITE_COURSES)
def index(course_id: UUID) -> ResponseReturnValue:
    """Who sits or sat a course's exam, those who began last first."""
    course = get_course(course_id, viewer=g.person)
    found = queries.sittings_page(course.id, number=wanted_page())
    return page("training/invigilation/index.html", course=course, sittings=found, away=queries.away_of(found.rows), now_at=now())


@bp.route("/exam-sittings/<uuid:attempt_id>")
@access(Right.WRITE_COURSES)
def show(attempt_id: UUID) -> ResponseReturnValue:
    """One sitting: its times, the statement confirmed, and each time its page was left."""
    attempt = queries.get_sitting(attempt_id)
    return page("training/invigilation/sitting.html", attempt=attempt, losses=queries.losses_of(attempt), now_at=now())


@bp.route("/exams/<uuid:attempt_id>/focus", methods=["POST"])
@access(Right.WORK)
def note_focus(attempt_id: UUID) -> ResponseReturnValue:
    """The page of my exam says that it was left for so many seconds."""
    attempt = get_attempt(attempt_id, viewer=g.person)
    sent = request.get_json(silent=True)
    seconds = sent.get("seconds") if isinstance(sent, dict) else None
    if isinstance(seconds, bool) or not isinstance(seconds, int) or not 0 <= seconds <= LONGEST:
        return jsonify(noted=False), 422
    return jsonify(noted=actions.note_focus_loss(attempt, seconds=seconds, by=g.person))
