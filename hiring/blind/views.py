"""Pages on which blind screening is set for a posting, and a name is shown before its time."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from core.errors import Refusal
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from hiring.applications.queries import get_application
from hiring.blind import actions
from hiring.blind.forms import RevealForm, ScreeningForm
from hiring.postings.queries import get_posting_with_stages

bp = Blueprint("blind", __name__)


@bp.route("/postings/<uuid:posting_id>/screening", methods=["GET", "POST"])
@access(Right.WRITE_POSTINGS)
def setting(posting_id: UUID) -> ResponseReturnValue:
    """From which stage on names are shown, and how many people mark each application."""
    posting = get_posting_with_stages(posting_id, viewer=g.person)
    stages = {str(stage.public_id): stage for stage in posting.stages}
    earlier = [stage for stage in posting.stages if stage.is_blind]
    named_from = next((stage for stage in posting.stages if not stage.is_blind), None) if earlier else None
    form = ScreeningForm(screeners=posting.screeners, named_from=str(named_from.public_id) if named_from else "")
    later = [stage for stage in posting.stages[1:] if stage.kind not in actions.NAMED_KINDS[1:]]
    form.named_from.choices = [
        SelectChoice("", str(_("always"))),
        *(SelectChoice(str(stage.public_id), str(_("from “%(stage)s” on", stage=stage.name))) for stage in later),
    ]
    if form.validate_on_submit():
        try:
            actions.set_screening(posting, named_from=stages.get(form.named_from.data or ""), screeners=form.screeners.data, by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("postings.show", posting_id=posting_id))
    return page("hiring/blind/setting.html", form=form, posting=posting)


@bp.route("/applications/<uuid:application_id>/reveal", methods=["GET", "POST"])
@access(Right.DECIDE_APPLICATIONS)
def reveal(application_id: UUID) -> ResponseReturnValue:
    """Show a name before its time, with a reason that is kept."""
    application = get_application(application_id, viewer=g.person)
    form = RevealForm()
    if form.validate_on_submit():
        try:
            actions.reveal(application, reason=form.reason.data or "", by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The name is shown to the hiring team from now on."), "success")
            return redirect(url_for("screening.show", application_id=application_id))
    return page("hiring/blind/reveal.html", form=form, application=application)
