"""Signing the document of a task, on the task's page, and opening what was signed."""

from uuid import UUID

from flask import Blueprint, flash, g
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

from core.errors import Conflict, NotFound
from core.files.sending import send_stored_file
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from onboarding.checklists.answers import after, answer_with_form
from onboarding.checklists.policy import can_see_signed
from onboarding.checklists.queries import get_task
from onboarding.checklists.task_pages import task_page
from onboarding.signatures import actions, queries
from onboarding.signatures.forms import SignForm

bp = Blueprint("signatures", __name__, url_prefix="/onboarding/tasks")


@bp.route("/<uuid:task_id>/sign", methods=["POST"])
@access(Right.DO_OWN_TASKS)
def sign(task_id: UUID) -> ResponseReturnValue:
    """Sign. When the text is another by now: 409 with the new text."""
    task = get_task(task_id, viewer=g.person)
    form = SignForm()
    try:
        refused = answer_with_form(
            form, lambda: actions.sign_document(task, typed_name=form.typed_name.data, sha256=form.sha256.data or "", by=g.person)
        )
    except Conflict as conflict:
        form.refuse(conflict)
        return task_page(task, form, status=409)
    if refused:
        return task_page(task, form)
    flash(_("Signed: %(title)s. The document is kept here.", title=task.title), "success")
    return after("tasks.show", task_id=task_id)


@bp.route("/<uuid:task_id>/signed")
@access(Right.DO_OWN_TASKS)
def signed(task_id: UUID) -> Response:
    """The signed document."""
    task = get_task(task_id, viewer=g.person)
    signature = queries.find_signature(task)
    if signature is None or not can_see_signed(g.person, task):
        raise NotFound
    return send_stored_file(signature.document.file, inline=True)
