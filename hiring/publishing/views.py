"""The steps of a posting: each a button that a form sends."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.errors import Invalid
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from hiring.postings.forms import EmptyForm, SendBackForm
from hiring.postings.queries import get_posting
from hiring.postings.views import posting_page
from hiring.publishing import actions

bp = Blueprint("publishing", __name__, url_prefix="/postings/<uuid:posting_id>")


def _step(posting_id: UUID, action: Callable[..., None], done: Any) -> ResponseReturnValue:
    posting = get_posting(posting_id, viewer=g.person)
    form = EmptyForm()
    if form.validate_on_submit():
        try:
            action(posting, by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
            return posting_page(posting, form=form)
        flash(done, "success")
    return redirect(url_for("postings.show", posting_id=posting_id))


@bp.post("/submit")
@access(Right.WRITE_POSTINGS)
def submit(posting_id: UUID) -> ResponseReturnValue:
    """Ask the hiring manager for approval."""
    return _step(posting_id, actions.ask_for_approval, _("The hiring manager has been asked by mail."))


@bp.post("/approve")
@access(Right.SEE_POSTINGS)
def approve(posting_id: UUID) -> ResponseReturnValue:
    """Approve a posting."""
    return _step(posting_id, actions.approve_posting, _("Approved. The recruiter has been told and can open it."))


@bp.post("/send-back")
@access(Right.SEE_POSTINGS)
def send_back(posting_id: UUID) -> ResponseReturnValue:
    """Send a posting back with a reason."""
    posting = get_posting(posting_id, viewer=g.person)
    form = SendBackForm()
    if form.validate_on_submit():
        try:
            actions.send_back_posting(posting, by=g.person, reason=form.reason.data or "")
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Sent back. The recruiter has been told why."), "success")
            return redirect(url_for("postings.show", posting_id=posting_id))
    return posting_page(posting, back_form=form)


@bp.post("/open")
@access(Right.WRITE_POSTINGS)
def open_to_applications(posting_id: UUID) -> ResponseReturnValue:
    """Publish, for the first time or again."""
    return _step(posting_id, actions.open_posting, _("The posting is public and takes applications."))


@bp.post("/pause")
@access(Right.WRITE_POSTINGS)
def pause(posting_id: UUID) -> ResponseReturnValue:
    """Take no applications for a while."""
    return _step(posting_id, actions.pause_posting, _("Paused: nobody can apply until you open it again."))


@bp.post("/openings")
@access(Right.WRITE_POSTINGS)
def add_opening(posting_id: UUID) -> ResponseReturnValue:
    """Look for one person more."""
    posting = get_posting(posting_id, viewer=g.person)
    form = SendBackForm()
    if form.validate_on_submit():
        try:
            actions.add_opening(posting, by=g.person, reason=form.reason.data or "")
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("One more is looked for. The hiring manager has been told."), "success")
            return redirect(url_for("postings.show", posting_id=posting_id))
    return posting_page(posting, back_form=form)


@bp.post("/archive")
@access(Right.WRITE_POSTINGS)
def archive(posting_id: UUID) -> ResponseReturnValue:
    """Put away."""
    return _step(posting_id, actions.archive_posting, _("The posting is archived."))


@bp.post("/return-to-draft")
@access(Right.WRITE_POSTINGS)
def return_to_draft(posting_id: UUID) -> ResponseReturnValue:
    """Take an approved posting back to change it."""
    return _step(posting_id, actions.return_to_draft, _("It is a draft again and needs approval once more."))
