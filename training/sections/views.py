"""Pages of the sections of an exam."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.errors import Refusal
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from training.catalogue.queries import get_version
from training.sections import actions
from training.sections.forms import SectionForm
from training.sections.queries import find_section

bp = Blueprint("sections", __name__, url_prefix="/course-versions")


@bp.route("/<uuid:version_id>/sections/new", methods=["GET", "POST"], defaults={"section_id": None})
@bp.route("/<uuid:version_id>/sections/<uuid:section_id>/edit", methods=["GET", "POST"])
@access(Right.WRITE_COURSES)
def write(version_id: UUID, section_id: UUID | None) -> ResponseReturnValue:
    """Write a section of a draft's exam."""
    version = get_version(version_id, viewer=g.person)
    found = None if section_id is None else find_section(version, section_id)
    form = SectionForm()
    if form.validate_on_submit():
        try:
            actions.write_section(version, found, form.draft(), by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The section is saved."), "success")
            return redirect(url_for("versions.show", version_id=version.public_id))
    elif not form.is_submitted() and found is not None:
        form.show(found)
    tags = sorted({item.tag for item in version.items if item.tag}, key=str.casefold)
    return page("training/sections/section.html", form=form, version=version, section=found, tags=tags)


@bp.route("/<uuid:version_id>/sections/<uuid:section_id>/drop", methods=["POST"])
@access(Right.WRITE_COURSES)
def drop(version_id: UUID, section_id: UUID) -> ResponseReturnValue:
    """Take a section out of a draft."""
    version = get_version(version_id, viewer=g.person)
    actions.drop_section(version, find_section(version, section_id), by=g.person)
    flash(_("The section is gone."), "success")
    return redirect(url_for("versions.show", version_id=version.public_id))
