"""Tagging, from the page of an application."""

from uuid import UUID

from flask import Blueprint, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.people.rights import Right
from core.web.access import access
from hiring.applications.queries import get_application
from hiring.tags import actions
from hiring.tags.queries import get_tag

bp = Blueprint("tags", __name__)


@bp.post("/applications/<uuid:application_id>/tags")
@access(Right.SEE_APPLICATIONS)
def add(application_id: UUID) -> ResponseReturnValue:
    """Put a tag on the candidate of this application."""
    application = get_application(application_id, viewer=g.person)
    actions.tag_candidate(application.candidate, request.form.get("name", ""), by=g.person)
    return _back(application_id)


@bp.post("/applications/<uuid:application_id>/tags/<uuid:tag_id>/remove")
@access(Right.SEE_APPLICATIONS)
def remove(application_id: UUID, tag_id: UUID) -> ResponseReturnValue:
    """Take a tag off the candidate of this application."""
    application = get_application(application_id, viewer=g.person)
    actions.untag_candidate(application.candidate, get_tag(tag_id), by=g.person)
    return _back(application_id)


def _back(application_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("screening.show", application_id=application_id, _anchor="tags"))
