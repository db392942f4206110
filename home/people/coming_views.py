"""Pages on which human resources moves a change of position that is written down for a later day, or takes it back."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date

import onboarding.public
from core.clock import today
from core.errors import NotFound, Refusal
from core.people import queries
from core.people.models import Employment
from core.people.moving import insist_on_editor, insist_on_first_day
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from home.people import changing
from home.people.forms import StartForm, WithdrawalForm

bp = Blueprint("coming_changes", __name__, url_prefix="/people")


@bp.route("/<uuid:person_id>/coming-change", methods=["GET", "POST"])
@access(Right.CHANGE_EMPLOYMENT)
def move(person_id: UUID) -> ResponseReturnValue:
    """Another day for the change: what moves along, then the move."""
    employment = _coming(person_id)
    form, preview = StartForm(starts_on=employment.valid_from), None
    form.starts_on.label.text = _("From")
    if form.validate_on_submit():
        day = form.starts_on.data
        try:
            insist_on_editor(employment.person, by=g.person)
            insist_on_first_day(day, employment)
            if form.was_seen():
                changing.move_start(employment, day, by=g.person)
                flash(_("The change now begins on %(day)s.", day=format_date(day, "long")), "success")
                return redirect(url_for("people.show", person_id=person_id))
            preview = onboarding.public.start_preview(employment, day)
        except Refusal as refusal:
            form.refuse(refusal)
    return page("home/people/coming.html", form=form, employment=employment, preview=preview)


@bp.route("/<uuid:person_id>/coming-change/take-back", methods=["GET", "POST"])
@access(Right.CHANGE_EMPLOYMENT)
def take_back(person_id: UUID) -> ResponseReturnValue:
    """The change does not take place: what holds now goes on."""
    employment = _coming(person_id)
    form = WithdrawalForm()
    if form.validate_on_submit():
        try:
            changing.withdraw(employment, reason=form.reason.data, by=g.person)
            flash(_("The change is taken back. What holds now goes on."), "success")
            return redirect(url_for("people.show", person_id=person_id))
        except Refusal as refusal:
            form.refuse(refusal)
    return page("home/people/take_back.html", form=form, employment=employment)


def _coming(person_id: UUID) -> Employment:
    person = queries.get_person(person_id)
    found = queries.coming_change(person, on=today(person.time_zone))
    if found is None:
        raise NotFound
    return found
