"""Pages of openings: when a course's exam may be sat, and with which code."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.clock import now
from core.errors import Invalid
from core.people.queries import locations
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from training.catalogue.queries import get_course
from training.openings import actions, queries
from training.openings.forms import CodeForm, OpeningForm

bp = Blueprint("openings", __name__)


@bp.route("/courses/<uuid:course_id>/openings", methods=["GET", "POST"])
@access(Right.WRITE_COURSES)
def index(course_id: UUID) -> ResponseReturnValue:
    """When the exam of a course is open, and planning one more time."""
    course, form, places = get_course(course_id, viewer=g.person), OpeningForm(), locations()
    form.offer(places)
    if form.validate_on_submit():
        try:
            actions.plan_opening(course, form.draft(g.person.time_zone, places), by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("The exam opens as planned. Whoever has begun when it closes is graded by what was saved."), "success")
            return redirect(url_for(".index", course_id=course.public_id))
    return page(
        "training/openings/index.html", form=form, course=course, openings=queries.openings_of(course.id), zone=g.person.time_zone, now_at=now()
    )


@bp.route("/exam-openings/<uuid:opening_id>/code", methods=["GET", "POST"])
@access(Right.WRITE_COURSES)
def code(opening_id: UUID) -> ResponseReturnValue:
    """Give an opening another access code, or none."""
    opening, form = queries.get_opening(opening_id), CodeForm()
    if form.validate_on_submit():
        try:
            actions.change_code(opening, code=form.code.data or "", by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("The code is changed. Tell it to those who are to begin."), "success")
            return redirect(url_for(".index", course_id=opening.course.public_id))
    return page("training/openings/code.html", form=form, opening=opening)


@bp.route("/exam-openings/<uuid:opening_id>/withdraw", methods=["POST"])
@access(Right.WRITE_COURSES)
def withdraw(opening_id: UUID) -> ResponseReturnValue:
    """Take an opening back."""
    opening = queries.get_opening(opening_id)
    actions.withdraw_opening(opening, by=g.person)
    flash(_("Nobody begins by this opening any more. Who has begun goes on."), "success")
    return redirect(url_for(".index", course_id=opening.course.public_id))
