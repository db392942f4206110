"""Pages of the tasks of a template, and the files that belong to their instructions."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

from core.errors import Conflict, Invalid, NotFound
from core.files.sending import send_stored_file
from core.people.rights import Right
from core.web.access import access
from core.web.forms import Form
from core.web.i18n import _
from core.web.pages import page
from core.web.uploads import takes_files
from onboarding.signatures.letters import FIELDS
from onboarding.templates import actions, attaching, policy, queries
from onboarding.templates.filling import task_form, text_of
from onboarding.templates.forms import AttachForm
from onboarding.templates.models import TemplateAttachment, TemplateTask

bp = Blueprint("template_tasks", __name__, url_prefix="/onboarding/templates")


@bp.route("/<uuid:template_id>/tasks/new", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def new(template_id: UUID) -> ResponseReturnValue:
    """Add a task to the draft."""
    template = queries.get_template(template_id)
    form = task_form(None, template, queries.draft_of(template) or queries.published_of(template))
    if form.validate_on_submit():
        try:
            task = actions.add_task(template, text=text_of(form), by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Added: %(title)s", title=task.title), "success")
            return redirect(url_for("onboarding_templates.show", template_id=template.public_id))
    return page("onboarding/templates/edit_task.html", form=form, found=template, task=None, merge_fields=FIELDS)


@bp.route("/tasks/<uuid:task_id>/edit", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def edit(task_id: UUID) -> ResponseReturnValue:
    """Change a task of a draft; a second writer gets 409 and keeps what they typed."""
    task = queries.get_template_task(task_id)
    form = task_form(task, task.template_version.template, task.template_version)
    status = None
    if form.validate_on_submit():
        try:
            actions.change_task(task, text=text_of(form, task.named), version=form.version.data or 0, by=g.person)
        except (Invalid, Conflict) as refusal:
            form.refuse(refusal)
            if isinstance(refusal, Conflict):
                form.version.data, form.version.raw_data, status = task.version, None, 409
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("onboarding_templates.show", template_id=task.template_version.template.public_id))
    return _page(task, form, AttachForm(formdata=None), status=status)


@bp.route("/tasks/<uuid:task_id>/remove", methods=["POST"])
@access(Right.RUN_ONBOARDING)
def remove(task_id: UUID) -> ResponseReturnValue:
    """Take a task out of a draft."""
    task = queries.get_template_task(task_id)
    template_id, title = task.template_version.template.public_id, task.title
    actions.remove_task(task, by=g.person)
    flash(_("Removed: %(title)s", title=title), "success")
    return redirect(url_for("onboarding_templates.show", template_id=template_id))


@bp.route("/tasks/<uuid:task_id>/attachments", methods=["POST"])
@access(Right.RUN_ONBOARDING)
@takes_files
def attach(task_id: UUID) -> ResponseReturnValue:
    """Add a file to the instructions."""
    task = queries.get_template_task(task_id)
    form = AttachForm()
    if form.validate_on_submit():
        try:
            attached = attaching.attach_file(task, form.file.data or None, by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Added: %(title)s", title=attached.file.name), "success")
            return redirect(url_for(".edit", task_id=task_id))
    shown = task_form(task, task.template_version.template, task.template_version, typed=False)
    return _page(task, shown, form, status=422)


@bp.route("/tasks/<uuid:task_id>/attachments/<uuid:attachment_id>")
@access(Right.RUN_ONBOARDING)
def attachment(task_id: UUID, attachment_id: UUID) -> Response:
    """A file of the instructions."""
    return send_stored_file(_attachment(queries.get_template_task(task_id), attachment_id).file, inline=True)


@bp.route("/tasks/<uuid:task_id>/attachments/<uuid:attachment_id>/remove", methods=["POST"])
@access(Right.RUN_ONBOARDING)
def detach(task_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    """Take a file off the instructions."""
    task = queries.get_template_task(task_id)
    attaching.detach_file(task, _attachment(task, attachment_id), by=g.person)
    flash(_("The file is gone from this draft."), "success")
    return redirect(url_for(".edit", task_id=task_id))


def _attachment(task: TemplateTask, attachment_id: UUID) -> TemplateAttachment:
    found = next((attachment for attachment in task.attachments if attachment.public_id == attachment_id), None)
    if found is None:
        raise NotFound
    return found


def _page(task: TemplateTask, form: Form, attach_form: AttachForm, *, status: int | None = None) -> ResponseReturnValue:
    return page(
        "onboarding/templates/edit_task.html",
        form=form,
        found=task.template_version.template,
        task=task,
        status=status,
        attach_form=attach_form,
        can_edit=policy.can_edit(g.person, task.template_version),
        merge_fields=FIELDS,
    )
