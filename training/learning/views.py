"""Pages of a person's own training: what to do and why, a course, its modules."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.clock import now, today
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from training.accommodations.policy import time_allowed
from training.accommodations.queries import extra_percent_of
from training.catalogue import labels as words
from training.catalogue.queries import find_module
from training.certificates.queries import certificates_of
from training.compliance import labels
from training.exams import labels as exam_labels
from training.exams.actions import start_of
from training.exams.queries import attempts_of, open_attempts
from training.learning import actions, queries
from training.learning.forms import ReadForm
from training.learning.opening import insist_open, why_closed
from training.learning.overview import of_course, requirements_of
from training.learning.taking import version_to_take, what_to_take

bp = Blueprint("learning", __name__, url_prefix="/learning")


@bp.route("")
@access(Right.WORK)
def mine() -> ResponseReturnValue:
    """What I must do, by when and why; what I have done."""
    day = today(g.person.time_zone)
    requirements = requirements_of(g.person, on=day, with_progress=True)
    return page(
        "training/learning/mine.html",
        requirements=requirements,
        certificates=certificates_of(g.person),
        running=[attempt for attempt in open_attempts(g.person) if attempt.deadline_at > now()],
        labels=labels,
        day=day,
    )


@bp.route("/<uuid:course_id>")
@access(Right.WORK)
def course(course_id: UUID) -> ResponseReturnValue:
    """One course as I learn it: modules, exam, attempts, certificate."""
    day = today(g.person.time_zone)
    version, succession = what_to_take(g.person, course_id, on=day)
    asked = of_course(requirements_of(g.person, on=day), version.course_id)
    read, attempts = queries.modules_read(g.person, version), attempts_of(g.person, course_id=version.course_id)
    return page(
        "training/learning/course.html",
        course=version.course,
        version=version,
        read=read,
        minutes=time_allowed(version.minutes, extra_percent_of(g.person)) // timedelta(minutes=1),
        start=start_of(g.person, version, read=read, attempts=attempts),
        attempts=attempts,
        requirements=asked,
        closed=why_closed(asked, version.course_id, on=day),
        certificates=certificates_of(g.person, course_id=version.course_id),
        succession=succession,
        labels=labels,
        words=words,
        exam=exam_labels,
    )


@bp.route("/<uuid:course_id>/modules/<uuid:module_id>", methods=["GET", "POST"])
@access(Right.WORK)
def module(course_id: UUID, module_id: UUID) -> ResponseReturnValue:
    """Read a module, and say so."""
    version = version_to_take(g.person, course_id, on=today(g.person.time_zone))
    wanted = find_module(version, module_id)
    form = ReadForm()
    following = next((other for other in version.modules if other.position > wanted.position), None)
    if form.validate_on_submit():
        insist_open(g.person, version.course_id, on=today(g.person.time_zone))
        actions.read_module(version, wanted, by=g.person)
        if following is not None:
            return redirect(url_for(".module", course_id=course_id, module_id=following.public_id))
        flash(_("You have reached the end of the last module."), "success")
        return redirect(url_for(".course", course_id=course_id))
    read = queries.modules_read(g.person, version)
    return page("training/learning/module.html", form=form, course=version.course, version=version, module=wanted, read=read, following=following)
