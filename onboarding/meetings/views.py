"""Setting a time for the meeting of a task, and saying that it was held, on the task's page."""

from uuid import UUID

from flask import Blueprint, flash, g
from flask.typing import ResponseReturnValue

from core.errors import Conflict
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from onboarding.checklists.answers import after, answer_with_form
from onboarding.checklists.forms import ReasonForm
from onboarding.checklists.models import Task
from onboarding.checklists.queries import get_task
from onboarding.checklists.task_pages import task_page
from onboarding.meetings import actions
from onboarding.meetings.forms import MeetingForm

bp = Blueprint("meetings", __name__, url_prefix="/onboarding/tasks")


@bp.route("/<uuid:task_id>/meet", methods=["POST"])
@access(Right.DO_OWN_TASKS)
def plan(task_id: UUID) -> ResponseReturnValue:
    """Set or move the time; somebody who is busy then is named: 409 with what was typed."""
    task = get_task(task_id, viewer=g.person)
    form = MeetingForm()
    try:
        refused = answer_with_form(form, lambda: _plan(task, form))
    except Conflict as conflict:
        form.refuse(conflict)
        return task_page(task, form, status=409)
    if refused:
        return task_page(task, form)
    flash(_("The time is set. Both have an invitation."), "success")
    return after("tasks.show", task_id=task_id)


@bp.route("/<uuid:task_id>/meet/cancel", methods=["POST"])
@access(Right.DO_OWN_TASKS)
def cancel(task_id: UUID) -> ResponseReturnValue:
    """Give the time back."""
    task = get_task(task_id, viewer=g.person)
    form = ReasonForm()
    if answer_with_form(form, lambda: actions.cancel_meeting(task, reason=form.reason.data, by=g.person)):
        return task_page(task, form)
    flash(_("The meeting is cancelled, and both have been told. Set another time."), "info")
    return after("tasks.show", task_id=task_id)


@bp.route("/<uuid:task_id>/meet/held", methods=["POST"])
@access(Right.DO_OWN_TASKS)
def held(task_id: UUID) -> ResponseReturnValue:
    """It was held."""
    task = get_task(task_id, viewer=g.person)
    actions.hold_meeting(task, by=g.person)
    flash(_("Done: %(title)s", title=task.title), "success")
    return after("tasks.show", task_id=task_id)


def _plan(task: Task, form: MeetingForm) -> None:
    zone = task.checklist.employment.location.time_zone
    starts_at, ends_at = form.instants(zone)
    actions.plan_meeting(
        task,
        starts_at=starts_at,
        ends_at=ends_at,
        time_zone=zone,
        by=g.person,
        place=form.place.data or "",
        meeting_url=form.meeting_url.data or "",
    )
