"""Pages on which human resources writes onboarding templates."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

import training.public
from core.errors import Conflict, Invalid
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from onboarding.templates import actions, attaching, policy, queries
from onboarding.templates.filling import match_of, template_form
from onboarding.templates.forms import NameForm

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
    form = template_form(None)
    if form.validate_on_submit():
        try:
            template = actions.write_template(name=form.name.data, match=match_of(form), by=g.person)
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
    titles = {link.key: link.title for link in queries.links_of_others(template)} | {task.key: task.title for task in (shown.tasks if shown else [])}
    return page(
        "onboarding/templates/show.html",
        found=template,
        shown=shown,
        draft=draft,
        published=published,
        courses={course.id: course for course in training.public.courses()},
        can_edit=shown is not None and policy.can_edit(g.person, shown),
        titles=titles,
    )


@bp.route("/<uuid:template_id>/edit", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def edit(template_id: UUID) -> ResponseReturnValue:
    """Change a template's name, whom it is for, or whether it is in use."""
    template = queries.get_template(template_id)
    form = template_form(template)
    status = None
    if form.validate_on_submit():
        try:
            actions.describe_template(
                template, name=form.name.data, match=match_of(form), is_active=form.is_active.data, version=form.version.data or 0, by=g.person
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


@bp.route("/<uuid:template_id>/duplicate", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def duplicate(template_id: UUID) -> ResponseReturnValue:
    """A new template with the same tasks."""
    template = queries.get_template(template_id)
    form = NameForm(name=_("%(name)s (copy)", name=template.name))
    if form.validate_on_submit():
        try:
            copy = attaching.duplicate_template(template, name=form.name.data, by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("The copy is a draft. Change what is different, then publish it."), "success")
            return redirect(url_for(".show", template_id=copy.public_id))
    return page("onboarding/templates/duplicate.html", form=form, found=template)
