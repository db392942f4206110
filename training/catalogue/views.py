"""Pages of courses: the catalogue, one course, and its description."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import now, today
from core.errors import Refusal
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from training.auditing.sight import lines_within
from training.catalogue import actions, labels, policy, queries
from training.catalogue.actions import ExamTerms
from training.catalogue.forms import DescribeForm, NextVersionForm
from training.catalogue.models import CourseArea, CourseForm
from training.catalogue.queries import CourseFilter
from training.compliance.labels import rule_sentence
from training.requirements.queries import rule_lines
from training.sessions.queries import next_sessions
from training.upkeep.queries import owner_has_left

bp = Blueprint("catalogue", __name__, url_prefix="/courses")
DESCRIBED = ("title", "code", "summary", "area", "form", "duration_minutes", "language")


@bp.route("")
@access(Right.WORK)
def courses() -> ResponseReturnValue:
    """The catalogue."""
    wanted = _wanted()
    return page(
        "training/catalogue/courses.html",
        courses=queries.courses_page(g.person, wanted, number=wanted_page()),
        wanted=wanted,
        clauses=queries.clauses_in_use(g.person),
        labels=labels,
        can_write=policy.can_write(g.person),
        sees_archive=policy.can_see_unpublished(g.person),
    )


def _wanted() -> CourseFilter:
    area, form, language = (request.args.get(name, "") for name in ("area", "form", "language"))
    return CourseFilter(
        area=CourseArea(area) if area in set(CourseArea) else None,
        form=CourseForm(form) if form in set(CourseForm) else None,
        language=language if language in labels.LANGUAGES else "",
        regulation=request.args.get("regulation", "").strip()[:250],
        words=request.args.get("words", "").strip()[:80],
        archived=request.args.get("archived") == "1",
    )


@bp.route("/new", methods=["GET", "POST"])
@access(Right.WRITE_COURSES)
def add() -> ResponseReturnValue:
    """Write down a new course."""
    form = DescribeForm()
    if form.validate_on_submit():
        try:
            course = actions.add_course(form.fields(), ExamTerms(), by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The course is there, with its first version as a draft."), "success")
            return redirect(url_for(".show", course_id=course.public_id))
    return page("training/catalogue/describe.html", form=form, course=None)


@bp.route("/<uuid:course_id>")
@access(Right.WORK)
def show(course_id: UUID) -> ResponseReturnValue:
    """One course: what it is, and its versions for those who write or check them."""
    course, day = queries.get_course(course_id, viewer=g.person), today(g.person.time_zone)
    asking = [line for line in lines_within(g.person, rule_lines(on=day, with_future=True)) if course.id in line.fact.courses]
    return page(
        "training/catalogue/course.html",
        course=course,
        in_force=queries.find_version_in_force(course, on=day),
        asking=[line for line in asking if line.fact.until is None or line.fact.until >= day],
        rule_sentence=rule_sentence,
        sessions=next_sessions(course.id, at=now()),
        labels=labels,
        can_write=policy.can_write(g.person),
        owner_left=policy.can_write(g.person) and owner_has_left(course, on=day),
        sees_versions=policy.can_see_unpublished(g.person),
    )


@bp.route("/<uuid:course_id>/describe", methods=["GET", "POST"])
@access(Right.WRITE_COURSES)
def describe(course_id: UUID) -> ResponseReturnValue:
    """Change what describes a course."""
    course = queries.get_course(course_id, viewer=g.person)
    form = DescribeForm(data={name: getattr(course, name) for name in DESCRIBED})
    if not form.is_submitted():
        form.show(course)
    if form.validate_on_submit():
        try:
            actions.describe_course(course, form.fields(), by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The description is saved."), "success")
            return redirect(url_for(".show", course_id=course.public_id))
    return page("training/catalogue/describe.html", form=form, course=course)


@bp.route("/<uuid:course_id>/versions/new", methods=["GET", "POST"])
@access(Right.WRITE_COURSES)
def begin_version(course_id: UUID) -> ResponseReturnValue:
    """Begin the next version as a copy of the latest."""
    course = queries.get_course(course_id, viewer=g.person)
    form = NextVersionForm()
    if form.validate_on_submit():
        try:
            version = actions.begin_next_version(course, what_changed=form.what_changed.data or "", by=g.person)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.refuse(refusal)
        else:
            return redirect(url_for("versions.show", version_id=version.public_id))
    return page("training/catalogue/next_version.html", form=form, course=course)
