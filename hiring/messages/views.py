"""Pages on which the team writes to a candidate and asks for documents."""

from functools import partial
from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import Invalid, NotFound
from core.files.sending import send_stored_file
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from hiring.applications.models import Application
from hiring.applications.queries import get_application
from hiring.blind.reading import insist_on_known_name, readable
from hiring.messages import actions, policy
from hiring.messages.forms import MessageForm, RequestForm
from hiring.messages.queries import get_request, messages_on, unanswered_on
from hiring.postings.forms import EmptyForm

bp = Blueprint("messages", __name__, url_prefix="/applications/<uuid:application_id>")


@bp.get("/messages")
@access(Right.SEE_APPLICATIONS)
def thread(application_id: UUID) -> ResponseReturnValue:
    """What the candidate and the team wrote to each other."""
    return _thread(get_application(application_id, viewer=g.person))


@bp.post("/messages")
@access(Right.DECIDE_APPLICATIONS)
def write(application_id: UUID) -> ResponseReturnValue:
    """Write to the candidate."""
    application, form = get_application(application_id, viewer=g.person), MessageForm()
    if form.validate_on_submit():
        try:
            actions.write_to_candidate(application, form.text.data or "", by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("The message is sent. The candidate gets a mail that it is there."), "success")
            return redirect(url_for(".thread", application_id=application_id))
    return _thread(application, message=form)


@bp.post("/messages/settle")
@access(Right.DECIDE_APPLICATIONS)
def settle(application_id: UUID) -> ResponseReturnValue:
    """Say that nothing needs an answer."""
    actions.settle_messages(get_application(application_id, viewer=g.person), by=g.person)
    return redirect(url_for(".thread", application_id=application_id))


@bp.post("/documents")
@access(Right.DECIDE_APPLICATIONS)
def ask(application_id: UUID) -> ResponseReturnValue:
    """Ask for a document."""
    application, form = get_application(application_id, viewer=g.person), RequestForm()
    if form.validate_on_submit():
        try:
            actions.ask_for_document(application, form.title.data or "", by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("The candidate is asked for the document."), "success")
            return redirect(url_for(".thread", application_id=application_id))
    return _thread(application, asking=form)


@bp.post("/documents/<uuid:request_id>/withdraw")
@access(Right.DECIDE_APPLICATIONS)
def withdraw(application_id: UUID, request_id: UUID) -> ResponseReturnValue:
    """Say that the document is not needed any more."""
    application = get_application(application_id, viewer=g.person)
    actions.withdraw_request(get_request(request_id, application=application), application=application, by=g.person)
    return redirect(url_for(".thread", application_id=application_id))


@bp.get("/documents/<uuid:request_id>")
@access(Right.SEE_APPLICATIONS)
def document(application_id: UUID, request_id: UUID) -> ResponseReturnValue:
    """A document as it was handed in."""
    application = get_application(application_id, viewer=g.person)
    insist_on_known_name(application)
    found = get_request(request_id, application=application)
    if found.file is None:
        raise NotFound
    return send_stored_file(found.file, inline=request.args.get("inline") == "1")


def _thread(application: Application, *, message: MessageForm | None = None, asking: RequestForm | None = None) -> ResponseReturnValue:
    return page(
        "hiring/messages/thread.html",
        form=message or asking,
        application=application,
        readable=partial(readable, application),
        messages=messages_on(application),
        waits=bool(unanswered_on(application)),
        message_form=message or MessageForm(formdata=None),
        request_form=asking or RequestForm(formdata=None),
        withdraw_form=EmptyForm(formdata=None),
        may_answer=policy.can_answer(g.person, application.posting),
    )
