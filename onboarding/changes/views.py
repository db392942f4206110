"""Pages of changes: who is around a new hire, newer templates, and the list for those who leave."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import Conflict
from core.people.choosing import choose_person, text_of
from core.people.queries import people_with_right
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from onboarding.changes import actions, leaving, queries
from onboarding.changes.answers import PositionPreview, position_preview
from onboarding.changes.forms import AroundForm, LeavingTaskForm
from onboarding.changes.labels import OCCASIONS
from onboarding.changes.models import LeavingTask, Occasion
from onboarding.checklists.answers import answer_with_form
from onboarding.checklists.models import Checklist
from onboarding.checklists.queries import get_checklist
from onboarding.choices import named
from onboarding.templates.models import Part

bp = Blueprint("changes", __name__, url_prefix="/onboarding")


@bp.route("/<uuid:checklist_id>/around", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def around(checklist_id: UUID) -> ResponseReturnValue:
    """Buddy, contact, and when and where day one begins."""
    checklist = get_checklist(checklist_id, viewer=g.person)
    contacts = {str(person.public_id): person for person in people_with_right(Right.RUN_ONBOARDING)}
    if checklist.hr is not None:
        contacts.setdefault(str(checklist.hr.public_id), checklist.hr)
    form = AroundForm(
        buddy=text_of(checklist.buddy),
        contact=str(checklist.hr.public_id) if checklist.hr else "",
        arrives_at=checklist.arrives_at,
        meeting_point=checklist.meeting_point,
    )
    form.contact.choices = named(contacts.values(), empty=_("Nobody"))
    if form.is_submitted() and not answer_with_form(form, lambda: _keep(checklist, form, contacts)):
        flash(_("Saved."), "success")
        return redirect(url_for("checklists.show", checklist_id=checklist_id))
    return page("onboarding/changes/around.html", form=form, checklist=checklist)


def _keep(checklist: Checklist, form: AroundForm, contacts: dict[str, Any]) -> None:
    contact = contacts.get(form.contact.data)
    buddy = choose_person(form.buddy.data, on=today(g.person.time_zone), field="buddy", besides=[checklist.person], also=[checklist.buddy])
    if checklist.buddy_id != (buddy.id if buddy else None):
        actions.change_buddy(checklist, buddy, by=g.person)
    actions.describe_day_one(checklist, arrives_at=form.arrives_at.data, meeting_point=form.meeting_point.data or "", contact=contact, by=g.person)


@bp.route("/<uuid:checklist_id>/newer", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def newer(checklist_id: UUID) -> ResponseReturnValue:
    """What the templates in use ask for beside what the checklist holds, and bringing it up to date."""
    checklist = get_checklist(checklist_id, viewer=g.person)
    if request.method == "POST":
        actions.apply_difference(checklist, checklist.employment, by=g.person)
        flash(_("The checklist is up to date."), "success")
        return redirect(url_for("checklists.show", checklist_id=checklist_id))
    return page("onboarding/changes/newer.html", checklist=checklist, preview=_newer_preview(checklist))


def _newer_preview(checklist: Checklist) -> PositionPreview | None:
    employment = checklist.employment
    return position_preview(employment, employment, starts_on=employment.valid_from)


@bp.route("/leaving-list")
@access(Right.RUN_ONBOARDING)
def leaving_list() -> ResponseReturnValue:
    """What is left to do when somebody leaves."""
    return page("onboarding/changes/leaving_list.html", rows=queries.leaving_tasks(), occasions=OCCASIONS)


@bp.route("/leaving-list/usual", methods=["POST"])
@access(Right.RUN_ONBOARDING)
def add_usual() -> ResponseReturnValue:
    """Begin the list with what is usual."""
    if not queries.leaving_tasks():
        leaving.add_usual_tasks(by=g.person)
    return redirect(url_for(".leaving_list"))


@bp.route("/leaving-list/new", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def add_leaving_task() -> ResponseReturnValue:
    """One more thing to do."""
    return _leaving_task(None, LeavingTaskForm())


@bp.route("/leaving-list/<uuid:leaving_task_id>", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def edit_leaving_task(leaving_task_id: UUID) -> ResponseReturnValue:
    """Change something on the list."""
    row = queries.get_leaving_task(leaving_task_id)
    return _leaving_task(row, LeavingTaskForm(obj=row))


def _leaving_task(row: LeavingTask | None, form: LeavingTaskForm) -> ResponseReturnValue:
    status = None
    if form.is_submitted():
        try:
            if not answer_with_form(form, lambda: _write(row, form)):
                flash(_("Saved."), "success")
                return redirect(url_for(".leaving_list"))
        except Conflict as conflict:
            form.refuse(conflict)
            status = 409
    return page("onboarding/changes/leaving_task.html", form=form, row=row, status=status)


def _write(row: LeavingTask | None, form: LeavingTaskForm) -> None:
    leaving.write_leaving_task(
        row,
        title=form.title.data,
        part=Part(form.part.data),
        offset_days=form.offset_days.data,
        occasion=Occasion(form.occasion.data),
        is_active=form.is_active.data,
        version=form.version.data or 0,
        by=g.person,
    )
