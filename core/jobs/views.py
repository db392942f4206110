"""The page on which an administrator sees how background work stands, and tries again what was given up."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.jobs import actions, queries
from core.jobs.labels import JOB_STATE_LABELS
from core.jobs.models import JobState
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page

bp = Blueprint("jobs", __name__, url_prefix="/jobs")


@bp.route("")
@access(Right.ADMINISTER)
def standing() -> ResponseReturnValue:
    """How the queue stands, and what was given up."""
    parked = queries.parked_jobs(number=wanted_page())
    return page("core/jobs/standing.html", parked=parked, standing=queries.queue_standing(), labels=JOB_STATE_LABELS, states=JobState)


@bp.route("/<uuid:job_id>/try-again", methods=["POST"])
@access(Right.ADMINISTER)
def try_again(job_id: UUID) -> ResponseReturnValue:
    """Give a parked job its tries back."""
    actions.try_again(job_id, by=g.person)
    flash(_("It will be tried again in a moment."), "success")
    return redirect(url_for("jobs.standing"))
