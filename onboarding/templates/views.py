"""Pages on which human resources writes onboarding templates."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

import training.public
from core.errors import Conflict, Invalid
from core.people import queries as people
from core.people.models import EmploymentType
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from onboarding.choices import chosen_from, named
from onboarding.policies.queries import policies
from onboarding.templates import actions, policy, queries
from onboarding.templates.forms import TemplateForm, TemplateTaskForm
from onboarding.templates.models import DocumentRule, Part, Phase, TaskKind, Template, TemplateTask

bp = Blueprint("onboarding_templates", __name__, url_prefix="/onboarding/templates")


@bp.route("")
@access(Right.RUN_ONBOARDING)
def index() -> ResponseReturnValue:
    """Every template."""
    return page("onboarding/templates/index.html", templates=queries.templates(), counts=queries.count_tasks())


@bp.route("/new", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def new() -> ResponseReturnValue:
    """Begin a template."""
    form = _template_form(None)
    if form.validate_on_submit():
        try:
            template = actions.write_template(name=form.name.data, match=_match(form), by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("The template has begun. Add its tasks, then publish it."), "success")
            return redirect(url_for(".show", template_id=template.public_id))
    return page("onboarding/templates/edit.html", form=form, found=None)


@bp.route("/<uuid:template_id>")
@access(Right.RUN_ONBOARDING)
def show(template_id: UUID) -> ResponseReturnValue:
    """One template: the draft if there is one, else the version in use."""
    template = queries.get_template(template_id)
    draft, published = queries.draft_of(template), queries.published_of(template)
    shown = draft or published
    courses = {course.id: course for course in training.public.courses()}
    can_edit = shown is not None and policy.can_edit(g.person, shown)
    return page("onboarding/templates/show.html", found=template, shown=shown, draft=draft, published=published, courses=courses, can_edit=can_edit)


@bp.route("/<uuid:template_id>/edit", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def edit(template_id: UUID) -> ResponseReturnValue:
    """Change a template's name, match, or whether it is in use."""
    template = queries.get_template(template_id)
    form = _template_form(template)
    status = None
    if form.validate_on_submit():
        try:
            actions.describe_template(
                template, name=form.name.data, match=_match(form), is_active=form.is_active.data, version=form.version.data or 0, by=g.person
            )
        except (Invalid, Conflict) as refusal:
            form.refuse(refusal)
            if isinstance(refusal, Conflict):
                form.version.data, form.version.raw_data, status = template.version, None, 409
        else:
            flash(_("Saved."), "success")
            return redirect(url_for(".show", template_id=template_id))
    return page("onboarding/templates/edit.html", form=form, found=template, status=status)


@bp.route("/<uuid:template_id>/draft", methods=["POST"])
@access(Right.RUN_ONBOARDING)
def draft(template_id: UUID) -> ResponseReturnValue:
    """Begin a new version."""
    begun = actions.begin_draft(queries.get_template(template_id), by=g.person)
    flash(_("Version %(number)d is a draft now. What is in use stays until you publish it.", number=begun.number), "info")
    return redirect(url_for(".show", template_id=template_id))


@bp.route("/<uuid:template_id>/publish", methods=["POST"])
@access(Right.RUN_ONBOARDING)
def publish(template_id: UUID) -> ResponseReturnValue:
    """Put the draft into use."""
    published = actions.publish_template(queries.get_template(template_id), by=g.person)
    flash(_("Version %(number)d is in use for everyone who starts from now on.", number=published.number), "success")
    return redirect(url_for(".show", template_id=template_id))


@bp.route("/<uuid:template_id>/tasks/new", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def add_task(template_id: UUID) -> ResponseReturnValue:
    """Add a task to the draft."""
    template = queries.get_template(template_id)
    form = _task_form(None)
    if form.validate_on_submit():
        try:
            task = actions.add_task(template, text=_text(form), by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Added: %(title)s", title=task.title), "success")
            return redirect(url_for(".show", template_id=template_id))
    return page("onboarding/templates/edit_task.html", form=form, found=template, task=None)


@bp.route("/tasks/<uuid:task_id>/edit", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def edit_task(task_id: UUID) -> ResponseReturnValue:
    """Change a task of a draft; a second writer gets 409 and keeps what they typed."""
    task = queries.get_template_task(task_id)
    template = task.template_version.template
    form = _task_form(task)
    status = None
    if form.validate_on_submit():
        try:
            actions.change_task(task, text=_text(form), version=form.version.data or 0, by=g.person)
        except (Invalid, Conflict) as refusal:
            form.refuse(refusal)
            if isinstance(refusal, Conflict):
                form.version.data, form.version.raw_data, status = task.version, None, 409
        else:
            flash(_("Saved."), "success")
            return redirect(url_for(".show", template_id=template.public_id))
    return page("onboarding/templates/edit_task.html", form=form, found=template, task=task, status=status)


@bp.route("/tasks/<uuid:task_id>/remove", methods=["POST"])
@access(Right.RUN_ONBOARDING)
def remove_task(task_id: UUID) -> ResponseReturnValue:
    """Take a task out of a draft."""
    task = queries.get_template_task(task_id)
    template_id, title = task.template_version.template.public_id, task.title
    actions.remove_task(task, by=g.person)
    flash(_("Removed: %(title)s", title=title), "success")
    return redirect(url_for(".show", template_id=template_id))


def _template_form(template: Template | None) -> TemplateForm:
    known = {}
    if template is not None:
        known = {"name": template.name, "is_active": template.is_active, "version": template.version}
        known |= {field: str(row.public_id) if (row := getattr(template, field)) else "" for field in ("job_role", "department", "location")}
        known["employment_type"] = template.employment_type.value if template.employment_type else ""
    form = TemplateForm(data=known)
    form.job_role.choices = named(people.job_roles(), empty=_("Any job role"))
    form.department.choices = named(people.departments(), empty=_("Any department"))
    form.location.choices = named(people.locations(), empty=_("Any place"))
    return form


def _match(form: TemplateForm) -> actions.Match:
    by_id = {str(row.public_id): row for rows in (people.job_roles(), people.departments(), people.locations()) for row in rows}
    return actions.Match(
        job_role=by_id.get(form.job_role.data),  # type: ignore[arg-type]
        department=by_id.get(form.department.data),  # type: ignore[arg-type]
        location=by_id.get(form.location.data),  # type: ignore[arg-type]
        employment_type=EmploymentType(form.employment_type.data) if form.employment_type.data else None,
    )


def _task_form(task: TemplateTask | None) -> TemplateTaskForm:
    courses = training.public.courses()
    known = {}
    if task is not None:
        known = {name: getattr(task, name) for name in ("title", "offset_days", "required", "instructions", "key", "version")}
        known |= {name: getattr(task, name).value for name in ("kind", "part", "phase", "document_rule")}
        known["policy"] = str(task.policy.public_id) if task.policy else ""
        known["course"] = next((str(course.public_id) for course in courses if course.id == task.course_id), "")
    form = TemplateTaskForm(data=known)
    form.policy.choices = named(policies(), "title", empty=_("None"))
    form.course.choices = chosen_from(((str(course.public_id), f"{course.title} ({course.code})") for course in courses), empty=_("None"))
    return form


def _text(form: TemplateTaskForm) -> actions.TaskText:
    return actions.TaskText(
        title=form.title.data,
        phase=Phase(form.phase.data),
        kind=TaskKind(form.kind.data),
        part=Part(form.part.data),
        offset_days=form.offset_days.data,
        instructions=form.instructions.data or "",
        required=form.required.data,
        document_rule=DocumentRule(form.document_rule.data),
        policy=next((found for found in policies() if str(found.public_id) == form.policy.data), None),
        course_id=next((course.id for course in training.public.courses() if str(course.public_id) == form.course.data), None),
        key=form.key.data or "",
    )
