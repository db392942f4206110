"""Pages of check-ins."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.clock import now
from core.errors import Conflict, Invalid
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from onboarding.checkins import actions, queries
from onboarding.checkins.forms import CancelForm, NotesForm, PlanForm
from onboarding.checkins.models import CheckIn

bp = Blueprint("check_ins", __name__)


@bp.route("/first-ninety-days/<uuid:person_id>/check-ins", methods=["GET", "POST"])
@access(Right.WORK)
def index(person_id: UUID) -> ResponseReturnValue:
    """The talks of a new hire and their manager, and planning more."""
    circle = queries.get_talking_circle(person_id, viewer=g.person)
    form, status = PlanForm(), None
    if form.validate_on_submit():
        try:
            planned, busy = actions.plan_check_ins(
                circle.person, form.rhythm(g.person.time_zone), place=form.place.data, agenda=form.agenda.data or "", by=g.person
            )
        except (Invalid, Conflict) as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("%(count)d planned. Both get an invitation for their calendars.", count=len(planned)), "success")
            if busy:
                flash(_("Left out: %(why)s", why=" ".join(busy)), "warning")
            return redirect(url_for(".index", person_id=person_id))
    found = queries.check_ins_of(circle.person, viewer=g.person, number=wanted_page())
    return page("onboarding/checkins/index.html", form=form, circle=circle, found=found, at=now(), status=status)


@bp.route("/check-ins/<uuid:check_in_id>", methods=["GET", "POST"])
@access(Right.WORK)
def show(check_in_id: UUID) -> ResponseReturnValue:
    """One talk: agenda and notes, which both write."""
    check_in = queries.get_check_in(check_in_id, viewer=g.person)
    form = NotesForm(agenda=check_in.agenda, notes=check_in.notes, version=str(check_in.version))
    status = None
    if form.validate_on_submit():
        version = int(form.version.data) if str(form.version.data).isdigit() else 0
        try:
            actions.write_check_in(check_in, agenda=form.agenda.data or "", notes=form.notes.data or "", version=version, by=g.person)
        except Conflict as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("Saved. The other of you reads it too."), "success")
            return redirect(url_for(".show", check_in_id=check_in_id))
    return _show(check_in, form, CancelForm(formdata=None), status)


@bp.route("/check-ins/<uuid:check_in_id>/cancel", methods=["POST"])
@access(Right.WORK)
def cancel(check_in_id: UUID) -> ResponseReturnValue:
    """Call it off."""
    check_in = queries.get_check_in(check_in_id, viewer=g.person)
    form = CancelForm()
    if not form.validate_on_submit():
        notes = NotesForm(formdata=None, agenda=check_in.agenda, notes=check_in.notes, version=str(check_in.version))
        return _show(check_in, notes, form, 422)
    actions.cancel_check_in(check_in, reason=form.reason.data, by=g.person)
    flash(_("Cancelled. Both have been told."), "success")
    return redirect(url_for(".show", check_in_id=check_in_id))


def _show(check_in: CheckIn, form: NotesForm, cancel_form: CancelForm, status: int | None) -> ResponseReturnValue:
    return page("onboarding/checkins/show.html", form=form, cancel_form=cancel_form, check_in=check_in, at=now(), status=status)
