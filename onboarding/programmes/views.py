"""Pages on which human resources writes shadowing programmes."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

import training.public
from core.errors import Conflict, Invalid
from core.people import queries as people
from core.people.models import JobRole
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from onboarding.choices import chosen_from, named
from onboarding.programmes import actions, queries
from onboarding.programmes.actions import StageText
from onboarding.programmes.forms import ProgrammeForm, StageForm
from onboarding.programmes.models import Programme, ProgrammeStage, StageKind
from onboarding.programmes.objectives import Mode
from onboarding.shadowing.queries import objectives

bp = Blueprint("programmes", __name__, url_prefix="/shadowing/programmes")


@bp.route("")
@access(Right.RUN_ONBOARDING)
def index() -> ResponseReturnValue:
    """Every programme."""
    return page("onboarding/programmes/index.html", programmes=queries.programmes())


@bp.route("/new", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def new() -> ResponseReturnValue:
    """Begin a programme for a job role."""
    form, roles = _programme_form(None)
    if form.validate_on_submit():
        try:
            programme = actions.write_programme(
                name=form.name.data, job_role=roles[form.job_role.data], reading=form.reading.data or "", course_id=_course_of(form), by=g.person
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("The programme has begun. Add its stages, then put it into use."), "success")
            return redirect(url_for(".show", programme_id=programme.public_id))
    return page("onboarding/programmes/edit.html", form=form, found=None)


@bp.route("/<uuid:programme_id>")
@access(Right.RUN_ONBOARDING)
def show(programme_id: UUID) -> ResponseReturnValue:
    """One programme with its stages."""
    programme = queries.get_programme(programme_id)
    course = next((course for course in training.public.courses() if course.id == programme.course_id), None)
    return page("onboarding/programmes/show.html", found=programme, course=course, is_begun=queries.is_begun(programme))


@bp.route("/<uuid:programme_id>/edit", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def edit(programme_id: UUID) -> ResponseReturnValue:
    """Change a programme's name, what to read first, and what its mentors must hold."""
    programme = queries.get_programme(programme_id)
    form, _roles = _programme_form(programme)
    status = None
    if form.validate_on_submit():
        try:
            version = int(form.version.data) if (form.version.data or "").isdigit() else None
            actions.describe_programme(
                programme, name=form.name.data, reading=form.reading.data or "", course_id=_course_of(form), version=version, by=g.person
            )
        except (Invalid, Conflict) as refusal:
            form.refuse(refusal)
            status = refusal.status
            form.version.data, form.version.raw_data = str(programme.version), None
        else:
            flash(_("Saved."), "success")
            return redirect(url_for(".show", programme_id=programme_id))
    return page("onboarding/programmes/edit.html", form=form, found=programme, status=status)


@bp.route("/<uuid:programme_id>/put-into-use", methods=["POST"])
@access(Right.RUN_ONBOARDING)
def put_into_use(programme_id: UUID) -> ResponseReturnValue:
    """Let it be the programme of its job role."""
    try:
        actions.put_into_use(queries.get_programme(programme_id), by=g.person)
    except Invalid as refusal:
        flash(str(refusal.sentence), "danger")
    else:
        flash(_("In use. New hires in this job role begin it by themselves."), "success")
    return redirect(url_for(".show", programme_id=programme_id))


@bp.route("/<uuid:programme_id>/take-out-of-use", methods=["POST"])
@access(Right.RUN_ONBOARDING)
def take_out_of_use(programme_id: UUID) -> ResponseReturnValue:
    """Let nobody begin it any more."""
    actions.take_out_of_use(queries.get_programme(programme_id), by=g.person)
    flash(_("Nobody begins this programme from now on. Who has begun goes on."), "success")
    return redirect(url_for(".show", programme_id=programme_id))


@bp.route("/<uuid:programme_id>/new-version", methods=["POST"])
@access(Right.RUN_ONBOARDING)
def new_version(programme_id: UUID) -> ResponseReturnValue:
    """Begin a version with the same stages."""
    newer = actions.begin_version(queries.get_programme(programme_id), by=g.person)
    flash(_("Version %(number)d has begun. The one in use stays until you put this one into use.", number=newer.number), "info")
    return redirect(url_for(".show", programme_id=newer.public_id))


@bp.route("/<uuid:programme_id>/stages/new", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def add_stage(programme_id: UUID) -> ResponseReturnValue:
    """Add a stage."""
    programme = queries.get_programme(programme_id)
    form = _stage_form(None)
    if form.validate_on_submit():
        try:
            actions.add_stage(programme, text=_text(form), by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Added."), "success")
            return redirect(url_for(".show", programme_id=programme_id))
    return page("onboarding/programmes/edit_stage.html", form=form, programme=programme, stage=None)


@bp.route("/stages/<uuid:stage_id>", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def edit_stage(stage_id: UUID) -> ResponseReturnValue:
    """Change a stage."""
    stage = queries.get_stage(stage_id)
    form = _stage_form(stage)
    if form.validate_on_submit():
        try:
            actions.change_stage(stage, text=_text(form), by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for(".show", programme_id=stage.programme.public_id))
    return page("onboarding/programmes/edit_stage.html", form=form, programme=stage.programme, stage=stage)


@bp.route("/stages/<uuid:stage_id>/remove", methods=["POST"])
@access(Right.RUN_ONBOARDING)
def remove_stage(stage_id: UUID) -> ResponseReturnValue:
    """Take a stage out."""
    stage = queries.get_stage(stage_id)
    programme_id = stage.programme.public_id
    actions.remove_stage(stage, by=g.person)
    flash(_("Removed."), "success")
    return redirect(url_for(".show", programme_id=programme_id))


@bp.route("/stages/<uuid:stage_id>/up", methods=["POST"])
@access(Right.RUN_ONBOARDING)
def raise_stage(stage_id: UUID) -> ResponseReturnValue:
    """Let a stage come earlier."""
    stage = queries.get_stage(stage_id)
    actions.raise_stage(stage, by=g.person)
    return redirect(url_for(".show", programme_id=stage.programme.public_id))


def _programme_form(programme: Programme | None) -> tuple[ProgrammeForm, dict[str, JobRole]]:
    roles = {str(role.public_id): role for role in people.job_roles()}
    courses = training.public.courses()
    known = {}
    if programme is not None:
        course = next((str(course.public_id) for course in courses if course.id == programme.course_id), "")
        known = {"name": programme.name, "reading": programme.reading, "course": course, "version": str(programme.version)}
        known["job_role"] = str(programme.job_role.public_id)
    form = ProgrammeForm(data=known)
    form.job_role.choices = named(roles.values()) if programme is None else named([programme.job_role])
    form.course.choices = chosen_from(((str(course.public_id), course.title) for course in courses), empty=_("None"))
    return form, roles


def _course_of(form: ProgrammeForm) -> int | None:
    return next((course.id for course in training.public.courses() if str(course.public_id) == form.course.data), None)


def _stage_form(stage: ProgrammeStage | None) -> StageForm:
    known = {}
    if stage is not None:
        plain = ("sessions_required", "minutes_required", "needs_every_objective", "needs_approval", "is_reversed", "reading")
        known = {name: getattr(stage, name) for name in plain}
        known |= {"kind": stage.kind.value, "mode": stage.mode.value if stage.mode else "", "days": str(stage.days)}
        known["objectives"] = [str(row.objective.public_id) for row in stage.objectives]
    form = StageForm(data=known)
    form.objectives.choices = named(objectives(), "title")
    return form


def _text(form: StageForm) -> StageText:
    wanted = set(form.objectives.data or [])
    return StageText(
        kind=StageKind(form.kind.data),
        objectives=[objective for objective in objectives() if str(objective.public_id) in wanted],
        sessions_required=form.sessions_required.data,
        minutes_required=form.minutes_required.data,
        is_reversed=form.is_reversed.data,
        needs_every_objective=form.needs_every_objective.data,
        needs_approval=form.needs_approval.data,
        mode=Mode(form.mode.data) if form.mode.data else None,
        days=int(form.days.data),
        reading=form.reading.data or "",
    )
