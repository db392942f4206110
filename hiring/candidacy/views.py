"""The private page of a candidate: where they stand, what is held, and what they can do about it."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime

from core.clock import now
from core.errors import Invalid, NotFound
from core.files.sending import send_archive, send_stored_file
from core.jobs.queue import enqueue
from core.people.queries import find_company
from core.web.access import private_link_page
from core.web.i18n import _
from core.web.limits import limiter
from core.web.pages import page
from hiring.applications.actions import withdraw_application
from hiring.applications.consents import text_agreed_to
from hiring.applications.models import Application, ResubmissionState
from hiring.applications.policy import is_open_for_candidate
from hiring.applications.queries import get_answer_file
from hiring.candidacy.actions import correct_contact, decide_on_resubmission
from hiring.candidacy.copies import copy_of
from hiring.candidacy.forms import ContactForm, EmptyForm, NewLinkForm, WithdrawForm
from hiring.candidacy.journey import standing_of
from hiring.candidacy.opening import by_link, own_page
from hiring.interviews.queries import next_interviews_of
from hiring.messages.queries import open_requests
from hiring.scheduling.queries import open_proposals, picked_for

bp = Blueprint("my_application", __name__, url_prefix="/my-application")


def _page(template: str, token: str, application: Application, **context: Any) -> ResponseReturnValue:
    return own_page(f"hiring/applications/{template}", token, application, **context)


@bp.get("/<token>")
@private_link_page
@by_link
def show(token: str, application: Application) -> ResponseReturnValue:
    """Where the application stands and what is held."""
    zone = ZoneInfo(application.candidate.person.time_zone)
    waiting = [kept for kept in application.resubmissions if kept.state is ResubmissionState.WAITING]
    return _page(
        "mine.html",
        token,
        application,
        standing=standing_of(application),
        open=is_open_for_candidate(application),
        newer=waiting[-1] if waiting else None,
        interviews=_upcoming(application),
        agreed=text_agreed_to(application.consent_sha256, version=application.consent_version),
        requests=open_requests(application),
        proposals=open_proposals(application),
        day=lambda instant: instant.astimezone(zone).date(),
    )


def _upcoming(application: Application) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    upcoming = next_interviews_of(application, after=now())
    picked = picked_for(upcoming) if upcoming else {}
    for interview in upcoming:
        booking = interview.booking
        zone = ZoneInfo(booking.time_zone)
        when = format_datetime(booking.starts_at.astimezone(zone), "EEEE, d MMMM yyyy, HH:mm", rebase=False)
        until = format_datetime(booking.ends_at.astimezone(zone), "HH:mm", rebase=False)
        url = booking.meeting_url if booking.meeting_url.startswith(("https://", "http://")) else ""
        found.append(
            {
                "when": f"{when} – {until}",
                "time_zone": booking.time_zone,
                "place": booking.place,
                "meeting_url": url,
                "proposal_id": picked.get(interview.id),
            }
        )
    return found


@bp.route("/<token>/withdraw", methods=["GET", "POST"])
@private_link_page
@by_link
def withdraw(token: str, application: Application) -> ResponseReturnValue:
    """Ask once more, then take the application back."""
    form = WithdrawForm()
    if form.validate_on_submit():
        withdraw_application(application, by=application.candidate.person, reason=form.reason.data or "")
        flash(_("Your application is withdrawn."), "success")
        return redirect(url_for(".show", token=token))
    return _page("withdraw.html", token, application, form=form, open=is_open_for_candidate(application))


@bp.route("/<token>/contact", methods=["GET", "POST"])
@private_link_page
@by_link
def contact(token: str, application: Application) -> ResponseReturnValue:
    """Correct name, address and phone."""
    form = ContactForm(obj=application.candidate.person)
    if form.validate_on_submit():
        try:
            correct_contact(application, name=form.name.data or "", email=form.email.data or "", phone=form.phone.data or "")
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Your contact data is corrected."), "success")
            return redirect(url_for(".show", token=token))
    return _page("contact.html", token, application, form=form)


@bp.get("/<token>/resume")
@private_link_page
@by_link
def resume(token: str, application: Application) -> ResponseReturnValue:
    """The candidate's own résumé, as they sent it."""
    return send_stored_file(application.resume)


@bp.get("/<token>/answers/<uuid:answer_id>/file")
@private_link_page
@by_link
def answer_file(token: str, application: Application, answer_id: UUID) -> ResponseReturnValue:
    """A file the candidate answered a question with."""
    return send_stored_file(get_answer_file(application, answer_id))


@bp.get("/<token>/copy.zip")
@private_link_page
@limiter.limit("10 per minute")
@by_link
def own_copy(token: str, application: Application) -> ResponseReturnValue:
    """Everything the candidate sent and we hold, to keep."""
    return send_archive(copy_of(application), name=_("my application") + ".zip")


@bp.post("/<token>/newer-version")
@private_link_page
@by_link
def choose(token: str, application: Application) -> ResponseReturnValue:
    """Use or discard the newer version."""
    form = EmptyForm()
    if form.validate_on_submit():
        use = request.form.get("choice") == "use"
        decide_on_resubmission(application, _as_uuid(request.form.get("version", "")), use=use)
        flash(_("The newer version stands now.") if use else _("The newer version is discarded. The first one stands."), "success")
    return redirect(url_for(".show", token=token))


def _as_uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


@bp.route("/new-link", methods=["GET", "POST"])
@private_link_page
@limiter.limit("5 per minute; 30 per hour", methods=["POST"])
def new_link() -> ResponseReturnValue:
    """Ask for a fresh link; the answer is the same whether or not the address is known."""
    form = NewLinkForm()
    if form.validate_on_submit():
        enqueue("hiring.send_new_link", arguments={"email": form.email.data})
        return page("hiring/applications/link_sent.html", form=None, email=form.email.data, company=find_company())
    return page("hiring/applications/new_link.html", form=form, company=find_company())
