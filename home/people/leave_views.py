"""Pages on which human resources writes down that somebody is away for long; what is required of them follows in the same transaction."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

import training.public
from core.clock import today
from core.errors import NotFound, Refusal
from core.leaves import actions, policy, queries
from core.leaves.labels import KINDS
from core.leaves.models import Leave
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from home.people.forms import LeaveForm

bp = Blueprint("leaves", __name__, url_prefix="/people")


def _somebody(person_id: UUID) -> Person:
    person = get_person(person_id)
    if not policy.can_write(g.person, person):
        raise NotFound
    return person


@bp.route("/<uuid:person_id>/leaves", methods=["GET", "POST"])
@access(Right.CHANGE_EMPLOYMENT)
def index(person_id: UUID) -> ResponseReturnValue:
    """The leaves of a person, and writing one down."""
    person = _somebody(person_id)
    form = LeaveForm(valid_from=today(person.time_zone))
    if form.validate_on_submit():
        try:
            actions.write_leave(person, form.fields(), by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            training.public.rederive(person)
            flash(_("The leave is written down. What falls due meanwhile waits until after the return."), "success")
            return redirect(url_for(".index", person_id=person_id))
    return page("home/people/leaves.html", form=form, person=person, leaves=queries.leaves_of(person), correcting=None, kinds=KINDS)


@bp.route("/<uuid:person_id>/leaves/<uuid:leave_id>", methods=["GET", "POST"])
@access(Right.CHANGE_EMPLOYMENT)
def correct(person_id: UUID, leave_id: UUID) -> ResponseReturnValue:
    """Other days than were written down, such as the last one once it is known."""
    person = _somebody(person_id)
    leave = queries.get_leave(leave_id, person)
    form = LeaveForm(data=_terms(leave))
    if form.validate_on_submit():
        try:
            actions.correct_leave(leave, form.fields(), by=g.person)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.refuse(refusal)
        else:
            training.public.rederive(person)
            flash(_("The leave is corrected. What was known before stays on record."), "success")
            return redirect(url_for(".index", person_id=person_id))
    return page("home/people/leaves.html", form=form, person=person, leaves=queries.leaves_of(person), correcting=leave, kinds=KINDS)


def _terms(leave: Leave) -> dict[str, object]:
    names = ("kind", "valid_from", "valid_to", "return_days", "note")
    return {name: getattr(leave, name) for name in names}


@bp.route("/<uuid:person_id>/leaves/<uuid:leave_id>/take-back", methods=["POST"])
@access(Right.CHANGE_EMPLOYMENT)
def take_back(person_id: UUID, leave_id: UUID) -> ResponseReturnValue:
    """Somebody is not away after all."""
    person = _somebody(person_id)
    actions.take_back_leave(queries.get_leave(leave_id, person), by=g.person)
    training.public.rederive(person)
    flash(_("The leave is taken back. The clock runs as if it had not been."), "success")
    return redirect(url_for(".index", person_id=person_id))
