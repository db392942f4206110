"""The candidate's page on which they have their data deleted."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField
from wtforms.validators import InputRequired

from core.errors import Conflict
from core.web.access import private_link_page
from core.web.forms import Form
from core.web.i18n import _, _l
from hiring.applications.models import Application
from hiring.candidacy.opening import by_link, own_page
from hiring.erasure import actions

bp = Blueprint("my_data", __name__, url_prefix="/my-application")


class ErasureForm(Form):
    """Deleting everything, said twice."""

    sure = BooleanField(_l("Yes, delete my data"), validators=[InputRequired(_l("Tick this if you are sure."))])


@bp.route("/<token>/delete", methods=["GET", "POST"])
@private_link_page
@by_link
def delete(token: str, application: Application) -> ResponseReturnValue:
    """Say what is deleted and what stays, and ask for it or call it back."""
    form, refused = ErasureForm(), ""
    try:
        actions.insist_on_candidate(application)
    except Conflict as refusal:
        refused = str(refusal.sentence)
    if request.form.get("keep") and request.method == "POST":
        actions.call_back_erasure(application)
        flash(_("Your data stays. Nothing is deleted."), "success")
        return redirect(url_for("my_application.show", token=token))
    if not refused and form.validate_on_submit():
        actions.ask_for_erasure(application)
        flash(_("Your data will be deleted. You get a mail that says when."), "success")
        return redirect(url_for(".delete", token=token))
    return own_page("hiring/applications/delete.html", token, application, form=form, refused=refused, days=actions.GRACE.days)
