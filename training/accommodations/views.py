"""Pages of accommodations: the extra time of a person, seen only by those who may grant it."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.errors import Invalid, NotFound
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from training.accommodations import actions, policy, queries
from training.accommodations.forms import ExtraTimeForm

bp = Blueprint("accommodations", __name__, url_prefix="/extra-time")


def _learner(person_id: UUID) -> Person:
    person = get_person(person_id)
    if not policy.can_accommodate(g.person, person):
        raise NotFound
    return person


@bp.route("/people/<uuid:person_id>", methods=["GET", "POST"])
@access(Right.WRITE_RULES)
def person(person_id: UUID) -> ResponseReturnValue:
    """What extra time a person has and had, and giving more."""
    found = _learner(person_id)
    form = ExtraTimeForm()
    if form.validate_on_submit():
        try:
            actions.grant_extra_time(found, extra_percent=form.extra_percent.data or 0, reason=form.reason.data or "", by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("The extra time counts for every exam begun from now on."), "success")
            return redirect(url_for(".person", person_id=found.public_id))
    return page("training/accommodations/person.html", form=form, person=found, accommodations=queries.accommodations_of(found))


@bp.route("/people/<uuid:person_id>/end", methods=["POST"])
@access(Right.WRITE_RULES)
def end(person_id: UUID) -> ResponseReturnValue:
    """Give a person no extra time any more."""
    found = _learner(person_id)
    actions.end_extra_time(found, by=g.person)
    flash(_("Exams begun from now on have no extra time."), "success")
    return redirect(url_for(".person", person_id=found.public_id))
