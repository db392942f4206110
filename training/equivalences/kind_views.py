"""Pages of the catalogue of certificates from elsewhere: kinds, and the courses each stands for."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import Invalid, Refusal
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from training.catalogue.queries import courses_in_force
from training.equivalences import cataloguing, labels, policy, queries
from training.equivalences.forms import CourseForm, EndForm, KindForm
from training.equivalences.models import EquivalenceKind

bp = Blueprint("equivalence_kinds", __name__, url_prefix="/outside-certificates/kinds")


@bp.route("", methods=["GET"])
@access(Right.SEE_COMPLIANCE)
def index() -> ResponseReturnValue:
    """Every kind, with the courses it stands for."""
    again = {link.kind_id for link in queries.courses_to_ask_again()}
    return page("training/equivalences/kinds.html", kinds=queries.kinds(), again=again, labels=labels, may_write=policy.decides(g.person))


@bp.route("/new", methods=["GET", "POST"])
@access(Right.WRITE_RULES)
def new() -> ResponseReturnValue:
    """Add a kind."""
    form = KindForm()
    if form.validate_on_submit():
        try:
            kind = cataloguing.write_kind(form.name.data or "", form.issuer.data or "", form.terms(), by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The kind is added. Say now which courses it stands for."), "success")
            return redirect(url_for(".show", kind_id=kind.public_id))
    return page("training/equivalences/kind_form.html", form=form, kind=None)


@bp.route("/<uuid:kind_id>/change", methods=["GET", "POST"])
@access(Right.WRITE_RULES)
def change(kind_id: UUID) -> ResponseReturnValue:
    """Change the terms of a kind."""
    kind = queries.get_kind(kind_id)
    form = KindForm(obj=kind)
    if form.validate_on_submit():
        try:
            cataloguing.change_kind(kind, form.name.data or "", form.issuer.data or "", form.terms(), by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("The terms are changed for what is accepted from now on."), "success")
            return redirect(url_for(".show", kind_id=kind_id))
    return page("training/equivalences/kind_form.html", form=form, kind=kind)


@bp.route("/<uuid:kind_id>")
@access(Right.SEE_COMPLIANCE)
def show(kind_id: UUID) -> ResponseReturnValue:
    """One kind, its courses, and whether it still stands for those with a new version."""
    return _page(queries.get_kind(kind_id))


def _page(kind: EquivalenceKind, *, adding: CourseForm | None = None, ending: EndForm | None = None) -> ResponseReturnValue:
    day, courses = today(g.person.time_zone), courses_in_force()
    adding_form = adding or CourseForm(formdata=None, prefix="add", valid_from=day)
    adding_form.offer(courses=courses)
    return page(
        "training/equivalences/kind.html",
        form=adding or ending,
        kind=kind,
        adding=adding_form,
        ending=EndForm(formdata=None, last_day=day),
        again={link.id for link in queries.courses_to_ask_again(of=kind)},
        labels=labels,
        may_write=policy.decides(g.person),
    )


@bp.route("/<uuid:kind_id>/courses", methods=["POST"])
@access(Right.WRITE_RULES)
def add_course(kind_id: UUID) -> ResponseReturnValue:
    """Let it stand for a course."""
    kind, form, courses = queries.get_kind(kind_id), CourseForm(prefix="add"), courses_in_force()
    form.offer(courses=courses)
    if form.validate_on_submit() and form.valid_from.data is not None:
        course = next(one for one in courses if str(one.public_id) == form.course.data)
        try:
            cataloguing.add_course(kind, course, valid_from=form.valid_from.data, by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("It stands for the course from that day on."), "success")
            return redirect(url_for(".show", kind_id=kind_id))
    return _page(kind, adding=form)


@bp.route("/courses/<uuid:equivalent_course_id>/confirm", methods=["POST"])
@access(Right.WRITE_RULES)
def confirm_course(equivalent_course_id: UUID) -> ResponseReturnValue:
    """Say that it stands for the course's new version too."""
    link = queries.get_equivalent_course(equivalent_course_id)
    cataloguing.confirm_course(link, by=g.person)
    flash(_("It stands for the new version too."), "success")
    return redirect(url_for(".show", kind_id=link.kind.public_id))


@bp.route("/courses/<uuid:equivalent_course_id>/end", methods=["POST"])
@access(Right.WRITE_RULES)
def end_course(equivalent_course_id: UUID) -> ResponseReturnValue:
    """Say until when it stands for the course."""
    link, form = queries.get_equivalent_course(equivalent_course_id), EndForm()
    if form.validate_on_submit() and form.last_day.data is not None:
        try:
            cataloguing.end_course(link, last_day=form.last_day.data, by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("After that day the course is required of those who held it."), "success")
            return redirect(url_for(".show", kind_id=link.kind.public_id))
    return _page(queries.get_kind(link.kind.public_id), ending=form)
