"""The candidate's side of messages and documents, by their private link."""

from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from core.errors import Invalid, NotFound
from core.files.rules import DOCUMENT
from core.files.sending import send_stored_file
from core.files.store import store_upload
from core.web.access import private_link_page
from core.web.i18n import _
from core.web.limits import limiter
from core.web.uploads import takes_files
from hiring.applications.models import Application
from hiring.candidacy.opening import by_link, own_page
from hiring.messages import actions
from hiring.messages.forms import HandInForm, MessageForm
from hiring.messages.queries import get_request, messages_on, open_requests

bp = Blueprint("my_messages", __name__, url_prefix="/my-application")


@bp.route("/<token>/messages", methods=["GET", "POST"])
@private_link_page
@limiter.limit("10 per minute", methods=["POST"])
@by_link
def thread(token: str, application: Application) -> ResponseReturnValue:
    """What the team wrote, and a message to them."""
    form = MessageForm()
    if form.validate_on_submit():
        try:
            actions.write_to_team(application, form.text.data or "")
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Your message is sent."), "success")
            return redirect(url_for(".thread", token=token))
    asked = open_requests(application)
    return own_page("hiring/messages/mine.html", token, application, form=form, messages=messages_on(application), requests=asked)


@bp.route("/<token>/documents/<uuid:request_id>", methods=["GET", "POST"])
@private_link_page
@takes_files
@limiter.limit("10 per minute", methods=["POST"])
@by_link
def hand_in(token: str, application: Application, request_id: UUID) -> ResponseReturnValue:
    """Hand in a document that was asked for."""
    asked, form = get_request(request_id, application=application), HandInForm()
    if form.validate_on_submit():
        try:
            file = store_upload(form.file.data or None, accept=DOCUMENT, by=None, person=application.candidate.person, field="file")
            actions.hand_in(asked, file, application=application)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Thank you. The document has arrived."), "success")
            return redirect(url_for(".thread", token=token))
    form.file.flags.required = True
    return own_page("hiring/messages/hand_in.html", token, application, form=form, asked=asked, accept=DOCUMENT.endings)


@bp.get("/<token>/documents/<uuid:request_id>/file")
@private_link_page
@by_link
def document(token: str, application: Application, request_id: UUID) -> ResponseReturnValue:
    """A document the candidate handed in."""
    found = get_request(request_id, application=application)
    if found.file is None:
        raise NotFound
    return send_stored_file(found.file)
