"""Pages on which an administrator sees the mails that were written, and sends them again.

A mail holds what was meant for one person. Its text is shown only after the administrator has asked for it, which the audit trail
keeps; the answer to a GET never writes, so opening is a POST, remembered in the administrator's session for a quarter of an hour.
"""

from datetime import timedelta
from io import BytesIO
from uuid import UUID

from flask import Blueprint, current_app, flash, g, make_response, redirect, request, send_file, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from core.clock import now
from core.errors import NotFound
from core.files.sending import send_stored_file
from core.mail import actions, queries
from core.mail.labels import MAIL_STATE_LABELS, MAIL_STATE_TONES
from core.mail.models import MailState, OutgoingMail
from core.mail.policy import shows_body
from core.mail.showing import names_kept_back
from core.people.rights import Right
from core.settings import Settings
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page

OPEN_FOR = timedelta(minutes=15)
# mail programs know no style sheets, so styles stand in the mail; nothing else may load or run
PREVIEW_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)
bp = Blueprint("mails", __name__, url_prefix="/mails")


def _asked_state() -> MailState | None:
    asked = request.args.get("state", "")
    return MailState(asked) if asked in list(MailState) else None


def _may_show(mail: OutgoingMail) -> bool:
    settings: Settings = current_app.extensions["settings"]
    return shows_body(mail.text, base_url=settings.base_url, environment=settings.environment, delivers=settings.smtp_url is not None)


def _is_open(mail_id: UUID) -> bool:
    until = cookie.get("opened_mails", {}).get(str(mail_id), 0)
    return bool(until > now().timestamp())


def _opened_mail(mail_id: UUID) -> OutgoingMail:
    mail = queries.get_mail(mail_id)
    if not _is_open(mail_id) or not _may_show(mail) or names_kept_back([mail]):
        raise NotFound(_("Open the mail on its page first."))
    return mail


@bp.route("")
@access(Right.ADMINISTER)
def index() -> ResponseReturnValue:
    """Every mail, newest first."""
    state = _asked_state()
    found = queries.mails(state=state, number=wanted_page())
    return page(
        "core/mail/index.html", mails=found, called=names_kept_back(found.rows), state=state, labels=MAIL_STATE_LABELS, tones=MAIL_STATE_TONES
    )


@bp.route("/<uuid:mail_id>")
@access(Right.ADMINISTER)
def show(mail_id: UUID) -> ResponseReturnValue:
    """One mail: whom it is for and how it stands; its text once it was opened."""
    mail = queries.get_mail(mail_id)
    called = names_kept_back([mail])
    showable = _may_show(mail) and not called
    is_open = showable and _is_open(mail_id)
    return page("core/mail/show.html", mail=mail, called=called, showable=showable, is_open=is_open, labels=MAIL_STATE_LABELS, tones=MAIL_STATE_TONES)


@bp.route("/<uuid:mail_id>/open", methods=["POST"])
@access(Right.ADMINISTER)
def open_mail(mail_id: UUID) -> ResponseReturnValue:
    """Ask to read a mail; the audit trail keeps that."""
    mail = queries.get_mail(mail_id)
    if names_kept_back([mail]):
        raise NotFound(_("The candidate's name is still hidden, so nobody may open what was written to them."))
    if not _may_show(mail):
        raise NotFound(_("This mail holds a private link and has been sent: only its reader may see it."))
    actions.open_mail(mail, by=g.person)
    at = now().timestamp()
    kept = {key: until for key, until in cookie.get("opened_mails", {}).items() if until > at}
    cookie["opened_mails"] = {**dict(list(kept.items())[-20:]), str(mail_id): at + OPEN_FOR.total_seconds()}
    return redirect(url_for("mails.show", mail_id=mail_id))


@bp.route("/<uuid:mail_id>/preview")
@access(Right.ADMINISTER)
def preview(mail_id: UUID) -> ResponseReturnValue:
    """The mail as its reader sees it, for a frame in which nothing runs; its links open in a new tab."""
    html = _opened_mail(mail_id).html.replace("<head>", '<head><base target="_blank">', 1)
    response = make_response(html)
    response.headers["Content-Security-Policy"] = PREVIEW_POLICY
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@bp.route("/<uuid:mail_id>/invite.ics")
@access(Right.ADMINISTER)
def calendar_part(mail_id: UUID) -> ResponseReturnValue:
    """The calendar message that goes with the mail."""
    mail = _opened_mail(mail_id)
    if mail.calendar is None:
        raise NotFound
    return send_file(BytesIO(mail.calendar), mimetype="text/calendar", as_attachment=True, download_name="invite.ics", etag=False)


@bp.route("/<uuid:mail_id>/attachments/<int:position>")
@access(Right.ADMINISTER)
def attachment(mail_id: UUID, position: int) -> ResponseReturnValue:
    """A file that goes with the mail. In production it is its reader's alone: an offer's letter says what somebody will earn."""
    settings: Settings = current_app.extensions["settings"]
    if settings.environment == "production":
        raise NotFound
    for attached in _opened_mail(mail_id).attachments:
        if attached.position == position:
            return send_stored_file(attached.file)
    raise NotFound


@bp.route("/<uuid:mail_id>/send-again", methods=["POST"])
@access(Right.ADMINISTER)
def send_again(mail_id: UUID) -> ResponseReturnValue:
    """Send the mail once more, as it was written."""
    actions.send_again(mail_id, by=g.person)
    flash(_("The mail will be sent again in a moment."), "success")
    return redirect(url_for("mails.show", mail_id=mail_id))
