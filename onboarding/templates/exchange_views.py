"""Pages that look ahead and carry away: what a draft would give to whom, and templates as files."""

from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

import training.public
from core.clock import today
from core.errors import Invalid
from core.people import queries as people
from core.people.models import EmploymentType
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.uploads import takes_files
from onboarding.choices import named
from onboarding.templates import queries
from onboarding.templates.exporting import CONTENT_TYPE, template_yaml
from onboarding.templates.forms import ImportForm, PreviewForm
from onboarding.templates.importing import import_template
from onboarding.templates.matching import wanted_values
from onboarding.templates.models import Template, TemplateTask
from onboarding.templates.previewing import Given, Place, fitting, preview

bp = Blueprint("template_exchange", __name__, url_prefix="/onboarding/templates")
SHOWN = 12


@bp.route("/<uuid:template_id>/preview")
@access(Right.RUN_ONBOARDING)
def look_ahead(template_id: UUID) -> ResponseReturnValue:
    """What somebody in a position would get once the draft is published, and who works in such a position today."""
    template = queries.get_template(template_id)
    form = _preview_form(template)
    place = _place(form) if not request.args or form.validate() else None
    given: list[Given] = []
    gone: list[TemplateTask] = []
    if place is not None:
        location = next(row for row in people.locations() if row.id == place.location_id)
        given, gone = preview(
            template, queries.draft_of(template), queries.versions_in_use(), place, starts_on=form.starts_on.data, location=location
        )
    working = queries.positions_now(on=today(g.person.time_zone))
    whom = [working[number][0] for number in fitting(template, [found for _name, found in working])]
    return page(
        "onboarding/templates/preview.html",
        found=template,
        form=form,
        given=given,
        gone=gone,
        whom=whom[:SHOWN],
        count=len(whom),
        everybody=len(working),
    )


@bp.route("/<uuid:template_id>/template.yaml")
@access(Right.RUN_ONBOARDING)
def export(template_id: UUID) -> ResponseReturnValue:
    """The template as a file: its draft if there is one, else the version in use."""
    template = queries.get_template(template_id)
    courses = {course.id: course.code for course in training.public.courses()}
    text = template_yaml(template, queries.draft_of(template) or queries.published_of(template), courses)
    answer = Response(text, mimetype=CONTENT_TYPE)
    answer.headers.set("Content-Disposition", "attachment", filename="template.yaml")
    return answer


@bp.route("/import", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
@takes_files
def bring() -> ResponseReturnValue:
    """A template from a file; it becomes a draft."""
    form = ImportForm()
    if form.validate_on_submit():
        try:
            template = import_template(form.file.data or None, by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Imported as a draft. Look it through, then publish it."), "success")
            return redirect(url_for("onboarding_templates.show", template_id=template.public_id))
    return page("onboarding/templates/import.html", form=form)


def _preview_form(template: Template) -> PreviewForm:
    """What is asked for, beginning with the first position the template is for."""
    wanted = wanted_values(template.criteria)
    roles, departments, locations = people.job_roles(), people.departments(), people.locations()
    known = {"starts_on": today(g.person.time_zone), "employment_type": _first(wanted.get("employment_type"), EmploymentType.FULL_TIME)}
    for field, rows, column in (
        ("job_role", roles, "job_role_id"),
        ("department", departments, "department_id"),
        ("location", locations, "location_id"),
    ):
        known[field] = next((str(row.public_id) for row in rows if row.id in wanted.get(column, {row.id})), "")
    form = PreviewForm(request.args or None, data=known, meta={"csrf": False})
    form.job_role.choices, form.department.choices, form.location.choices = named(roles), named(departments), named(locations)
    return form


def _place(form: PreviewForm) -> Place | None:
    """The position asked for, None where there is no job role, department or place yet."""
    asked = ((people.job_roles(), form.job_role), (people.departments(), form.department), (people.locations(), form.location))
    keys = [next((row.id for row in rows if str(row.public_id) == field.data), None) for rows, field in asked]
    if None in keys:
        return None
    role, department, location = keys
    return Place(role, department, location, EmploymentType(form.employment_type.data))  # type: ignore[arg-type]


def _first(values: set[EmploymentType] | None, otherwise: EmploymentType) -> str:
    return next(iter(sorted(values or ())), otherwise).value
