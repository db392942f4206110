"""The page on which it is noted that somebody did not start."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.errors import Refusal
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from hiring.applications.queries import get_application
from hiring.not_starting.actions import note_not_started
from hiring.screening.forms import ReasonForm

bp = Blueprint("not_starting", __name__)


@bp.route("/applications/<uuid:application_id>/did-not-start", methods=["GET", "POST"])
@access(Right.WRITE_OFFERS)
def note(application_id: UUID) -> ResponseReturnValue:
    """Say that a hired candidate does not start, and why."""
    application = get_application(application_id, viewer=g.person)
    form, status = ReasonForm(), None
    if form.validate_on_submit():
        try:
            note_not_started(application, reason=form.reason.data or "", by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("Noted. The opening is free again; open the posting when you want to go on."), "success")
            return redirect(url_for("screening.show", application_id=application_id))
    return page("hiring/not_starting/note.html", form=form, application=application, status=status)
