"""Asking that a task need not be done, and answering, on the task's page."""

from uuid import UUID

from flask import Blueprint, flash, g
from flask.typing import ResponseReturnValue

from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from onboarding.checklists.answers import after, answer_with_form
from onboarding.checklists.forms import ReasonForm
from onboarding.checklists.models import FINISHED
from onboarding.checklists.queries import get_task
from onboarding.checklists.task_pages import task_page
from onboarding.waivers import actions
from onboarding.waivers.forms import WaiveForm
from onboarding.waivers.models import WaiverKind

bp = Blueprint("waivers", __name__, url_prefix="/onboarding/tasks")


@bp.route("/<uuid:task_id>/waive", methods=["POST"])
@access(Right.DO_OWN_TASKS)
def ask(task_id: UUID) -> ResponseReturnValue:
    """Ask that the task need not be done."""
    task = get_task(task_id, viewer=g.person)
    actions.insist_on_asking(task, by=g.person)
    form = WaiveForm()
    if answer_with_form(
        form,
        lambda: actions.ask_to_waive(task, kind=WaiverKind(form.kind.data), reason=form.why.data, until=form.until.data, by=g.person),
    ):
        return task_page(task, form)
    done = task.state in FINISHED
    flash(_("Waived: %(title)s", title=task.title) if done else _("Asked. Somebody else has to approve it."), "success" if done else "info")
    return after("tasks.show", task_id=task_id)


@bp.route("/<uuid:task_id>/waive/approve", methods=["POST"])
@access(Right.SEE_ONBOARDING)
def approve(task_id: UUID) -> ResponseReturnValue:
    """Approve it."""
    task = get_task(task_id, viewer=g.person)
    actions.approve_waiver(task, by=g.person)
    flash(_("Waived: %(title)s", title=task.title), "success")
    return after("tasks.show", task_id=task_id)


@bp.route("/<uuid:task_id>/waive/refuse", methods=["POST"])
@access(Right.SEE_ONBOARDING)
def refuse(task_id: UUID) -> ResponseReturnValue:
    """Say no."""
    task = get_task(task_id, viewer=g.person)
    form = ReasonForm()
    if answer_with_form(form, lambda: actions.refuse_waiver(task, reason=form.reason.data, by=g.person)):
        return task_page(task, form)
    flash(_("Refused. The task stays to be done."), "success")
    return after("tasks.show", task_id=task_id)
