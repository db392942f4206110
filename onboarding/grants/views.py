"""Handing over and taking back, on the task's page."""

from uuid import UUID

from flask import Blueprint, flash, g
from flask.typing import ResponseReturnValue

from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from onboarding.checklists.answers import after, answer_with_form
from onboarding.checklists.forms import ReasonForm
from onboarding.checklists.queries import get_task
from onboarding.checklists.task_pages import task_page
from onboarding.grants import actions
from onboarding.grants.forms import GrantForm

bp = Blueprint("grants", __name__, url_prefix="/onboarding/tasks")


@bp.route("/<uuid:task_id>/grant", methods=["POST"])
@access(Right.WORK)
def grant(task_id: UUID) -> ResponseReturnValue:
    """Hand it over."""
    task = get_task(task_id, viewer=g.person)
    form = GrantForm()
    if answer_with_form(form, lambda: actions.grant(task, note=form.note.data or "", by=g.person)):
        return task_page(task, form)
    flash(_("Handed over: %(item)s", item=task.item), "success")
    return after("tasks.show", task_id=task_id)


@bp.route("/<uuid:task_id>/revoke", methods=["POST"])
@access(Right.WORK)
def revoke(task_id: UUID) -> ResponseReturnValue:
    """Take it back."""
    task = get_task(task_id, viewer=g.person)
    form = ReasonForm()
    if answer_with_form(form, lambda: actions.revoke(task, reason=form.reason.data, by=g.person)):
        return task_page(task, form)
    flash(_("Taken back: %(item)s", item=task.item), "success")
    return after("tasks.show", task_id=task_id)
