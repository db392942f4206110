"""The page of an application's references."""

from functools import partial
from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.errors import Refusal
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from hiring.applications.policy import is_open
from hiring.applications.queries import get_application
from hiring.blind.reading import readable
from hiring.references import actions
from hiring.references.forms import ReferenceForm
from hiring.references.queries import references_of

bp = Blueprint("references", __name__)


@bp.route("/applications/<uuid:application_id>/references", methods=["GET", "POST"])
@access(Right.DECIDE_APPLICATIONS)
def index(application_id: UUID) -> ResponseReturnValue:
    """The references noted for an application, and noting one more."""
    application, form = get_application(application_id, viewer=g.person), ReferenceForm()
    status = None
    if form.validate_on_submit():
        said = {"referee": form.referee.data or "", "relation": form.relation.data or "", "text": form.text.data or ""}
        try:
            actions.note_reference(application, **said, by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("The reference is noted."), "success")
            return redirect(url_for(".index", application_id=application_id))
    return page(
        "hiring/references/index.html",
        form=form,
        application=application,
        readable=partial(readable, application),
        references=references_of(application),
        may_note=is_open(application),
        status=status,
    )
