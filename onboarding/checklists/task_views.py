"""Pages and acts of a single task."""

from uuid import UUID

from flask import Blueprint, flash, g
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

from core.clock import today
from core.errors import Conflict, NotAllowed, NotFound
from core.files.sending import send_stored_file
from core.people.choosing import choose_person, text_of
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import is_fragment_request, page
from core.web.uploads import takes_files
from onboarding.checklists import actions, policy, queries
from onboarding.checklists.answers import after, answer_with_form, cards_of
from onboarding.checklists.forms import AcknowledgeForm, HandInForm, ReasonForm, TaskForm
from onboarding.checklists.models import Task
from onboarding.checklists.task_pages import task_page
from onboarding.meetings.actions import give_meeting_over
from onboarding.templates.models import TaskKind
from onboarding.templates.queries import attachments_of

bp = Blueprint("tasks", __name__, url_prefix="/onboarding/tasks")


@bp.route("/<uuid:task_id>")
@access(Right.DO_OWN_TASKS)
def show(task_id: UUID) -> ResponseReturnValue:
    """One task: what to do, where it stands, and doing it."""
    return task_page(queries.get_task(task_id, viewer=g.person), None)


@bp.route("/<uuid:task_id>/tick", methods=["POST"])
@access(Right.DO_OWN_TASKS)
def tick(task_id: UUID) -> ResponseReturnValue:
    """Done."""
    task = queries.get_task(task_id, viewer=g.person)
    actions.tick_task(task, by=g.person)
    if is_fragment_request():
        return _item(task)
    flash(_("Done: %(title)s", title=task.title), "success")
    return after(".show", task_id=task_id)


@bp.route("/<uuid:task_id>/reopen", methods=["POST"])
@access(Right.DO_OWN_TASKS)
def reopen(task_id: UUID) -> ResponseReturnValue:
    """Not done after all."""
    task = queries.get_task(task_id, viewer=g.person)
    actions.reopen_task(task, by=g.person)
    if is_fragment_request():
        return _item(task)
    flash(_("Open again: %(title)s", title=task.title), "info")
    return after(".show", task_id=task_id)


@bp.route("/<uuid:task_id>/hand-in", methods=["POST"])
@access(Right.DO_OWN_TASKS)
@takes_files
def hand_in(task_id: UUID) -> ResponseReturnValue:
    """Hand in a document."""
    task = queries.get_task(task_id, viewer=g.person)
    form = HandInForm()
    if answer_with_form(form, lambda: actions.hand_in(task, form.file.data or None, valid_until=form.valid_until.data, by=g.person)):
        return task_page(task, form)
    flash(_("Handed in: %(title)s. Human resources will look at it.", title=task.title), "success")
    return after(".show", task_id=task_id)


@bp.route("/<uuid:task_id>/file")
@access(Right.DO_OWN_TASKS)
def file(task_id: UUID) -> Response:
    """The document that was handed in."""
    task = queries.get_task(task_id, viewer=g.person)
    if task.file is None or not policy.can_see_file(g.person, task):
        raise NotFound
    return send_stored_file(task.file, inline=True)


@bp.route("/<uuid:task_id>/attachments/<uuid:attachment_id>")
@access(Right.WORK)
def attachment(task_id: UUID, attachment_id: UUID) -> Response:
    """A file that belongs to the instructions."""
    task = queries.get_task(task_id, viewer=g.person)
    found = next((one for one in attachments_of(task.template_task_id) if one.public_id == attachment_id), None)
    if found is None:
        raise NotFound
    return send_stored_file(found.file, inline=True)


@bp.route("/<uuid:task_id>/accept", methods=["POST"])
@access(Right.RUN_ONBOARDING)
def accept(task_id: UUID) -> ResponseReturnValue:
    """Accept a document."""
    task = queries.get_task(task_id, viewer=g.person)
    form = ReasonForm()
    actions.accept_document(task, version=form.version.data or 0, by=g.person)
    flash(_("Accepted: %(title)s", title=task.title), "success")
    return after(".show", task_id=task_id)


@bp.route("/<uuid:task_id>/return", methods=["POST"])
@access(Right.RUN_ONBOARDING)
def send_back(task_id: UUID) -> ResponseReturnValue:
    """Send a document back with a reason."""
    task = queries.get_task(task_id, viewer=g.person)
    form = ReasonForm()
    if answer_with_form(form, lambda: actions.return_document(task, reason=form.reason.data, version=form.version.data, by=g.person)):
        return task_page(task, form)
    flash(_("Sent back: %(title)s. The new hire has been told.", title=task.title), "success")
    return after(".show", task_id=task_id)


@bp.route("/<uuid:task_id>/acknowledge", methods=["POST"])
@access(Right.DO_OWN_TASKS)
def acknowledge(task_id: UUID) -> ResponseReturnValue:
    """Acknowledge a policy. When a newer version was published meanwhile: 409 with the new text."""
    task = queries.get_task(task_id, viewer=g.person)
    form = AcknowledgeForm()
    try:
        refused = answer_with_form(
            form, lambda: actions.acknowledge(task, typed_name=form.typed_name.data, sha256=form.sha256.data or "", by=g.person)
        )
    except Conflict as conflict:
        form.refuse(conflict)
        return task_page(task, form, status=409)
    if refused:
        return task_page(task, form)
    flash(_("Thank you. You acknowledged “%(title)s”.", title=task.policy.title if task.policy else task.title), "success")
    return after(".show", task_id=task_id)


@bp.route("/<uuid:task_id>/edit", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def edit(task_id: UUID) -> ResponseReturnValue:
    """Another title, day or owner; a second writer gets 409 and keeps what they typed."""
    task = queries.get_task(task_id, viewer=g.person)
    if not policy.can_change(g.person, task):
        raise NotAllowed(_("A finished task is not changed."))
    form = TaskForm(title=task.title, due_on=task.due_on, owner=text_of(task.owner), version=task.version)
    has_queue = task.part in policy.QUEUES or task.team_id is not None
    status = None
    if form.is_submitted():
        try:
            if not answer_with_form(form, lambda: _change(task, form)):
                flash(_("Saved."), "success")
                return after(".show", task_id=task_id)
        except Conflict as conflict:
            form.refuse(conflict)
            form.version.data, form.version.raw_data = task.version, None
            status = 409
    return page("onboarding/checklists/edit_task.html", form=form, task=task, has_queue=has_queue, status=status)


def _change(task: Task, form: TaskForm) -> None:
    owner = choose_person(form.owner.data, on=today(g.person.time_zone), field="owner", also=[task.owner, task.checklist.person])
    actions.change_task(task, title=form.title.data, due_on=form.due_on.data, owner=owner, version=form.version.data, by=g.person)
    if task.kind is TaskKind.MEETING:
        give_meeting_over(task, task.checklist.person, owner, by=g.person)


def _item(task: Task) -> ResponseReturnValue:
    """The task as it stands now in the list of what one does for others: the answer to one tap."""
    day = today(g.person.time_zone)
    return page("onboarding/checklists/one_item.html", card=cards_of([task], g.person, on=day)[0], day=day)
