"""Pages of the upkeep of a course: its owner, the archive, and deleting it."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import Refusal
from core.people.choosing import choose_person
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from training.catalogue.models import Course
from training.catalogue.queries import get_course
from training.upkeep import actions
from training.upkeep.forms import LeaveForm, OwnerForm

bp = Blueprint("upkeep", __name__, url_prefix="/courses")


@bp.route("/<uuid:course_id>/owner", methods=["GET", "POST"])
@access(Right.WRITE_COURSES)
def owner(course_id: UUID) -> ResponseReturnValue:
    """Hand a course over to somebody."""
    course = get_course(course_id, viewer=g.person)
    form = OwnerForm()
    if form.validate_on_submit():
        try:
            chosen = choose_person(form.owner.data, on=today(g.person.time_zone), field="owner")
            if chosen is not None:
                actions.hand_over(course, owner=chosen, reason=form.reason.data or "", by=g.person)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.refuse(refusal)
        else:
            flash(_("The course is handed over."), "success")
            return redirect(_back(course))
    return page("training/upkeep/owner.html", form=form, course=course, back=_back(course))


@bp.route("/<uuid:course_id>/archive", methods=["GET", "POST"])
@access(Right.WRITE_COURSES)
def archive(course_id: UUID) -> ResponseReturnValue:
    """Let nobody begin a course any more."""
    course = get_course(course_id, viewer=g.person)
    done = _("The course is archived. Nobody begins it any more; what was completed stays.")
    return _leaving(course, lambda reason: actions.archive(course, reason=reason, by=g.person), done=done, to=_back(course), deleting=False)


@bp.route("/<uuid:course_id>/delete", methods=["GET", "POST"])
@access(Right.WRITE_COURSES)
def delete(course_id: UUID) -> ResponseReturnValue:
    """Delete an archived course."""
    course = get_course(course_id, viewer=g.person)
    done = _("The course is deleted. Certificates of it can still be checked.")
    return _leaving(
        course, lambda reason: actions.delete(course, reason=reason, by=g.person), done=done, to=url_for("catalogue.courses"), deleting=True
    )


def _leaving(course: Course, act: Callable[[str], None], *, done: str, to: str, deleting: bool) -> ResponseReturnValue:
    form = LeaveForm()
    if form.validate_on_submit():
        act(form.reason.data or "")
        flash(done, "success")
        return redirect(to)
    return page("training/upkeep/leave.html", form=form, course=course, back=_back(course), deleting=deleting)


@bp.route("/<uuid:course_id>/restore", methods=["POST"])
@access(Right.WRITE_COURSES)
def restore(course_id: UUID) -> ResponseReturnValue:
    """Take a course out of the archive."""
    course = get_course(course_id, viewer=g.person)
    actions.restore(course, by=g.person)
    flash(_("The course is out of the archive."), "success")
    return redirect(_back(course))


def _back(course: Course) -> str:
    return url_for("catalogue.show", course_id=course.public_id)
