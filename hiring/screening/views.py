"""Pages on which applications are screened: the inbox, one application, and its criteria."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import now
from core.errors import Invalid, Refusal, WrongState
from core.files.sending import send_stored_file
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import own_address, page
from core.web.paging import wanted_page
from hiring.applications import actions as applications
from hiring.applications.models import holds
from hiring.applications.queries import get_application
from hiring.blind.reading import readable
from hiring.careers.sources import REFERRAL
from hiring.interviews.policy import owes_card, visible_cards, writes_card
from hiring.notes.queries import notes_on
from hiring.offers.queries import offers_of
from hiring.postings.queries import postings_for_choice
from hiring.referrals.queries import referrer_of
from hiring.screening import lists, queries, showing
from hiring.screening.ageing import age
from hiring.screening.forms import ReasonForm, decline_form
from hiring.screening.queries import Queue
from hiring.screening.sheet import sheet_of
from hiring.screening.telling import line_of, words_of_an_application
from hiring.screening.undoing import just_done
from hiring.stages.gates import shown_as_loaded
from hiring.stages.steps import next_steps
from hiring.tags.queries import tags_for

bp = Blueprint("screening", __name__)


def _asked_posting() -> UUID | None:
    posting = as_uuid(request.args.get("posting"))
    return posting if posting.int else None


def as_uuid(text: str | None) -> UUID:
    """What an address or a form names, or a key nothing has."""
    try:
        return UUID(text or "")
    except ValueError:
        return UUID(int=0)


@bp.route("/applications")
@access(Right.SEE_APPLICATIONS)
def inbox() -> ResponseReturnValue:
    """Everything new across all postings, oldest first."""
    show = lists.shown_by(request.args.get("show", ""))
    words = request.args.get("words", "").strip()[:80]
    posting = _asked_posting()
    by_match = posting is not None and request.args.get("order") == "match"
    found = lists.inbox(g.person, number=wanted_page(), show=show, posting=posting, words=words, by_match=by_match)
    return page(
        "hiring/screening/inbox.html",
        applications=found,
        posting_choices=[("", _("Every posting")), *((str(each.public_id), each.title) for each in postings_for_choice(g.person))],
        show=show,
        shows=lists.SHOWS,
        words=words,
        posting=str(posting or ""),
        by_match=by_match,
        asked=Queue(posting, by_match).arguments,
        done=just_done(as_uuid(request.args["done"]), by=g.person) if "done" in request.args else None,
        age=age,
        holds=holds,
        now=now(),
    )


@bp.route("/applications/<uuid:application_id>")
@access(Right.SEE_APPLICATIONS)
def show(application_id: UUID) -> ResponseReturnValue:
    """One application: what was sent, how it was marked, interviews, offers, and its history."""
    application, holds = showing.get_application_to_show(application_id, viewer=g.person)
    interviews = showing.interviews_to_show(application) if holds.interviews else []
    criteria, marks = queries.criteria_and_marks_of(application)
    may_offer = g.person.may(Right.SEE_OFFERS)
    return page(
        "hiring/screening/show.html",
        application=application,
        sheet=sheet_of(application, criteria, marks, viewer_key=g.person.id),
        steps=next_steps(application.posting.stages, application.stage, shown_as_loaded(application, interviews, criteria, marks)),
        events=[line_of(move, application) for move in showing.moves_to_show(application)],
        readable=partial(readable, application),
        interviews=interviews,
        cards=visible_cards(g.person, interviews),
        blind=owes_card(g.person, interviews),
        declined=not any(writes_card(g.person, each) for each in interviews),
        offers=offers_of(application) if may_offer and holds.offers else [],
        others=showing.others_from(application, g.person),
        referrer=referrer_of(application) if application.source == REFERRAL and not application.names_hidden else "",
        tags=tags_for(application.candidate),
        notes=notes_on(application) if holds.notes else [],
        age=age(application.stage_since, now=now(), target_days=application.stage.target_days),
        may_decide=g.person.may(Right.DECIDE_APPLICATIONS),
        may_schedule=g.person.may(Right.SCHEDULE_INTERVIEWS),
        may_interview=g.person.may(Right.INTERVIEW),
        may_offer=may_offer,
        may_write_offer=g.person.may(Right.WRITE_OFFERS),
        **words_of_an_application(),
    )


@bp.route("/applications/<uuid:application_id>/resume")
@access(Right.SEE_APPLICATIONS)
def resume(application_id: UUID) -> ResponseReturnValue:
    """The résumé as it was sent."""
    application = get_application(application_id, viewer=g.person)
    if application.names_hidden:
        raise WrongState(_("The file shows who the candidate is. Until names are shown, read its text."))
    return send_stored_file(application.resume, inline=request.args.get("inline") == "1")


@bp.route("/applications/<uuid:application_id>/reopen", methods=["GET", "POST"])
@access(Right.DECIDE_APPLICATIONS)
def reopen(application_id: UUID) -> ResponseReturnValue:
    """Take a declined application back into consideration."""
    return _with_reason(application_id, applications.reopen_application, "hiring/screening/reopen.html")


@bp.route("/applications/<uuid:application_id>/clear-knock-out", methods=["GET", "POST"])
@access(Right.DECIDE_APPLICATIONS)
def clear_knock_out(application_id: UUID) -> ResponseReturnValue:
    """Take the knock-out flag off after a person has looked."""
    return _with_reason(application_id, applications.clear_knock_out, "hiring/screening/clear_knock_out.html")


def _with_reason(application_id: UUID, act: Callable[..., object], template: str) -> ResponseReturnValue:
    application = get_application(application_id, viewer=g.person)
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            act(application, by=g.person, reason=form.reason.data)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Done."), "success")
            return redirect(url_for(".show", application_id=application_id))
    return page(template, form=form, application=application)


@bp.route("/applications/<uuid:application_id>/decline", methods=["GET", "POST"])
@access(Right.DECIDE_APPLICATIONS)
def decline(application_id: UUID) -> ResponseReturnValue:
    """Close an application without hiring, and tell the candidate, at once or some days from now."""
    application = get_application(application_id, viewer=g.person)
    form = decline_form(version=application.version)
    if form.validate_on_submit():
        try:
            declined = applications.decline_application(
                application,
                by=g.person,
                reason=form.chosen_reason(),
                note=form.note.data or "",
                seen_version=form.version.data,
                tell_at=form.tell_at(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            if declined.outcome_from is None:
                flash(_("%(name)s has been told.", name=application.shown_name), "success")
            came_from = own_address(request.form.get("next"), otherwise="")
            return redirect(came_from or url_for(".show", application_id=application_id))
    return page("hiring/screening/decline.html", form=form, application=application)
