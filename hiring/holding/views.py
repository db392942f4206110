"""The page on which an application is put on hold, and taken up again."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.errors import Refusal
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from hiring.applications.actions import hold_application, take_up_application
from hiring.applications.queries import get_application
from hiring.holding.forms import HoldForm

bp = Blueprint("holding", __name__)


@bp.route("/applications/<uuid:application_id>/hold", methods=["GET", "POST"])
@access(Right.DECIDE_APPLICATIONS)
def hold(application_id: UUID) -> ResponseReturnValue:
    """Let an application wait, with the reason and until when."""
    application = get_application(application_id, viewer=g.person)
    form, status = HoldForm(data={"reason": application.hold_reason, "until": application.held_until}), None
    if form.validate_on_submit():
        try:
            hold_application(application, reason=form.reason.data or "", until=form.until.data, by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("It is on hold. Nobody is late with it meanwhile."), "success")
            return redirect(url_for("screening.show", application_id=application_id))
    return page("hiring/holding/hold.html", form=form, application=application, status=status)


@bp.post("/applications/<uuid:application_id>/take-up")
@access(Right.DECIDE_APPLICATIONS)
def take_up(application_id: UUID) -> ResponseReturnValue:
    """End a hold."""
    take_up_application(get_application(application_id, viewer=g.person), by=g.person)
    flash(_("It is taken up again."), "success")
    return redirect(url_for("screening.show", application_id=application_id))
