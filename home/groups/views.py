"""Pages on which departments are put below others and people get tags: whom training rules ask follows at once."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

import training.public
from core.clock import today
from core.errors import NotAllowed, Refusal
from core.groups import actions, policy, queries
from core.groups.models import DepartmentPlace
from core.people.models import Person
from core.people.queries import departments as every_department
from core.people.queries import get_person
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from home.groups.forms import EndTagForm, PlaceForm, TagForm

bp = Blueprint("groups", __name__)


@bp.route("/departments")
@access(Right.CHANGE_EMPLOYMENT)
def departments() -> ResponseReturnValue:
    """Every department, under the one it stands below today, and what changes later."""
    day = today(g.person.time_zone)
    places = queries.places()
    above = {row.department_id: row for row in places if row.valid_from <= day}
    coming: dict[int, list[DepartmentPlace]] = {}
    for row in places:
        if row.valid_from > day:
            coming.setdefault(row.department_id, []).append(row)
    return page("home/groups/departments.html", departments=every_department(), above=above, coming=coming)


@bp.route("/departments/<uuid:department_id>", methods=["GET", "POST"])
@access(Right.CHANGE_EMPLOYMENT)
def place(department_id: UUID) -> ResponseReturnValue:
    """Below which department one stands from a day on."""
    department = queries.get_department(department_id)
    others = [row for row in every_department() if row.id != department.id]
    form = PlaceForm()
    form.offer(others)
    if not form.is_submitted():
        form.valid_from.data = today(g.person.time_zone)
    if form.validate_on_submit():
        parent = next((row for row in others if str(row.public_id) == form.parent.data), None)
        try:
            actions.place_department(department, parent, valid_from=form.valid_from.data, by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            training.public.rederive_everybody()
            flash(_("It is written down. Training that is asked of departments follows in the background."), "success")
            return redirect(url_for(".departments"))
    rows = [row for row in queries.places() if row.department_id == department.id]
    return page("home/groups/place.html", form=form, department=department, rows=rows)


@bp.route("/people/<uuid:person_id>/tags", methods=["GET", "POST"])
@access(Right.SEE_PEOPLE)
def tags(person_id: UUID) -> ResponseReturnValue:
    """The tags of a person, and one more."""
    person = _tagged(person_id)
    form = TagForm()
    if not form.is_submitted():
        form.valid_from.data = today(g.person.time_zone)
    if form.validate_on_submit():
        try:
            actions.give_tag(person, form.tag.data or "", valid_from=form.valid_from.data, valid_to=form.valid_to.data, by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            training.public.rederive(person)
            flash(_("The tag is written down."), "success")
            return redirect(url_for(".tags", person_id=person_id))
    return page("home/groups/tags.html", form=form, person=person, rows=queries.tags_of(person), names=queries.tags())


@bp.route("/people/<uuid:person_id>/tags/<uuid:person_tag_id>/end", methods=["GET", "POST"])
@access(Right.SEE_PEOPLE)
def end_tag(person_id: UUID, person_tag_id: UUID) -> ResponseReturnValue:
    """The last day of a tag somebody carries."""
    person = _tagged(person_id)
    carried = queries.get_person_tag(person, person_tag_id)
    form = EndTagForm()
    if not form.is_submitted():
        form.last_day.data = carried.valid_to or today(g.person.time_zone)
    if form.validate_on_submit() and form.last_day.data is not None:
        actions.end_tag(carried, person, last_day=form.last_day.data, by=g.person)
        training.public.rederive(person)
        flash(_("The tag ends on that day."), "success")
        return redirect(url_for(".tags", person_id=person_id))
    return page("home/groups/end_tag.html", form=form, person=person, carried=carried)


def _tagged(person_id: UUID) -> Person:
    person = get_person(person_id)
    if not policy.can_tag(g.person, person):
        raise NotAllowed(_("Only human resources and compliance give tags, and nobody tags themselves."))
    return person
