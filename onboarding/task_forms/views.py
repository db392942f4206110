"""Filling in the form of a task, on the task's page."""

from uuid import UUID

from flask import Blueprint, flash, g, request
from flask.typing import ResponseReturnValue

from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from onboarding.checklists.answers import after, answer_with_form
from onboarding.checklists.queries import get_task
from onboarding.checklists.task_pages import task_page
from onboarding.task_forms import actions
from onboarding.task_forms.fields import fields_from
from onboarding.task_forms.forms import answer_form

bp = Blueprint("task_forms", __name__, url_prefix="/onboarding/tasks")


@bp.route("/<uuid:task_id>/fill-in", methods=["POST"])
@access(Right.DO_OWN_TASKS)
def fill_in(task_id: UUID) -> ResponseReturnValue:
    """Keep what was written, and send it unless it is for later."""
    task = get_task(task_id, viewer=g.person)
    form = answer_form(fields_from(task.fields), {})
    send = "later" not in request.form
    if answer_with_form(form, lambda: actions.fill_form(task, form.answers(), send=send, by=g.person)):
        return task_page(task, form)
    flash(_("Sent: %(title)s", title=task.title) if send else _("Kept. You can go on later."), "success" if send else "info")
    return after("tasks.show", task_id=task_id)
