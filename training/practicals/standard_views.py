"""Pages of performance standards: writing, approving, and arranging an assessment against one."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import Invalid, Refusal
from core.people.models import Person
from core.people.rights import Right
from core.web.access import access
from core.web.forms import pairs
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from training.catalogue.queries import courses_in_force, get_course
from training.practicals import actions, labels, policy, queries
from training.practicals.forms import ArrangeForm, StandardForm

bp = Blueprint("standards", __name__, url_prefix="/performance-standards")


@bp.route("")
@access(Right.WRITE_COURSES)
def standards() -> ResponseReturnValue:
    """The standards that hold or are being written."""
    return page("training/practicals/standards.html", standards=queries.standards_page(number=wanted_page()), labels=labels)


@bp.route("/new", methods=["GET", "POST"])
@access(Right.WRITE_COURSES)
def new() -> ResponseReturnValue:
    """Write the standard of a course, or its next revision."""
    form = StandardForm()
    form.course.choices = pairs(courses_in_force(), "title")
    if form.validate_on_submit():
        try:
            standard = actions.write_standard(get_course(UUID(form.course.data), viewer=g.person), form.fields(), by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The standard is written. A second person can now approve it."), "success")
            return redirect(url_for(".show", standard_id=standard.public_id))
    return page("training/practicals/standard_form.html", form=form, standard=None)


@bp.route("/<uuid:standard_id>")
@access(Right.WRITE_COURSES)
def show(standard_id: UUID) -> ResponseReturnValue:
    """One standard."""
    standard = queries.get_standard(standard_id)
    may = {"may_edit": policy.can_edit(g.person, standard), "may_approve": policy.can_approve(g.person, standard)}
    return page("training/practicals/standard.html", standard=standard, labels=labels, **may)


@bp.route("/<uuid:standard_id>/edit", methods=["GET", "POST"])
@access(Right.WRITE_COURSES)
def edit(standard_id: UUID) -> ResponseReturnValue:
    """Change a draft."""
    standard = queries.get_standard(standard_id)
    form = StandardForm()
    del form.course
    if form.validate_on_submit():
        try:
            actions.change_standard(standard, form.fields(), by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The standard is saved."), "success")
            return redirect(url_for(".show", standard_id=standard_id))
    elif not form.is_submitted():
        form.show(standard)
    return page("training/practicals/standard_form.html", form=form, standard=standard)


@bp.route("/<uuid:standard_id>/approve", methods=["POST"])
@access(Right.WRITE_COURSES)
def approve(standard_id: UUID) -> ResponseReturnValue:
    """Approve a draft as a second person."""
    actions.approve_standard(queries.get_standard(standard_id), by=g.person)
    flash(_("The standard holds from now on."), "success")
    return redirect(url_for(".show", standard_id=standard_id))


@bp.route("/<uuid:standard_id>/arrange", methods=["GET", "POST"])
@access(Right.WRITE_COURSES)
def arrange(standard_id: UUID) -> ResponseReturnValue:
    """Arrange an assessment against the standard."""
    standard = queries.get_standard(standard_id)
    form = ArrangeForm()
    if standard.assessors_needed == 1:
        del form.second
    if form.validate_on_submit():
        try:
            person, assessors = _employed(form, "person"), [_employed(form, name) for name in ("first", "second") if name in form]
            made = actions.arrange(standard, person, assessors, held_on=form.held_on.data, by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The assessment is arranged. It waits on the assessors' page."), "success")
            return redirect(url_for("practicals.show", assessment_id=made.public_id))
    return page("training/practicals/arrange.html", form=form, standard=standard)


def _employed(form: ArrangeForm, field: str) -> Person:
    found = queries.employed_named(form[field].data or "", on=today(g.person.time_zone))
    if len(found) != 1:
        several = _("More than one colleague is called so. Type the e-mail address.")
        raise Invalid(several if found else _("No colleague has this name or e-mail address."), field=field)
    return found[0]
