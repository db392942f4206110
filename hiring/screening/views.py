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
from core.web.forms import labelled
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from hiring.applications import actions as applications
from hiring.applications.labels import DECLINE_REASONS
from hiring.applications.queries import get_application, history_of
from hiring.blind.reading import readable
from hiring.interviews.policy import owes_card, visible_cards
from hiring.interviews.queries import interviews_of
from hiring.notes.queries import notes_on
from hiring.offers.queries import offers_of
from hiring.postings.queries import postings_for_choice
from hiring.screening import actions, lists, queries
from hiring.screening.ageing import age
from hiring.screening.forms import DeclineForm, MarkForm, ReasonForm
from hiring.screening.sheet import sheet_of
from hiring.screening.telling import line_of, words_of_an_application
from hiring.stages.gates import shown_as_loaded
from hiring.stages.steps import next_steps
from hiring.tags.queries import tags_for

bp = Blueprint("screening", __name__)


def _asked_posting() -> UUID | None:
    try:
        return UUID(request.args.get("posting", ""))
    except ValueError:
        return None


@bp.route("/applications")
@access(Right.SEE_APPLICATIONS)
def inbox() -> ResponseReturnValue:
    """Everything new across all postings, oldest first."""
    every = request.args.get("show") == "all"
    words = request.args.get("words", "").strip()[:80]
    posting = _asked_posting()
    found = lists.inbox(g.person, number=wanted_page(), every=every, posting=posting, words=words)
    return page(
        "hiring/screening/inbox.html",
        applications=found,
        posting_choices=[("", _("Every posting")), *((str(each.public_id), each.title) for each in postings_for_choice(g.person))],
        every=every,
        words=words,
        posting=str(posting or ""),
        age=age,
        now=now(),
    )


@bp.route("/applications/<uuid:application_id>")
@access(Right.SEE_APPLICATIONS)
def show(application_id: UUID) -> ResponseReturnValue:
    """One application: what was sent, how it was marked, interviews, offers, and its history."""
    application = get_application(application_id, viewer=g.person)
    interviews = interviews_of(application)
    criteria, marks = queries.criteria_and_marks_of(application)
    may_offer = g.person.may(Right.SEE_OFFERS)
    return page(
        "hiring/screening/show.html",
        application=application,
        sheet=sheet_of(application, criteria, marks, viewer_key=g.person.id),
        steps=next_steps(application.posting.stages, application.stage, shown_as_loaded(application, interviews, criteria, marks)),
        events=[line_of(move, application) for move in history_of(application)],
        readable=partial(readable, application),
        interviews=interviews,
        cards=visible_cards(g.person, interviews),
        blind=owes_card(g.person, interviews),
        offers=offers_of(application) if may_offer else [],
        others=queries.others_from(application, g.person),
        tags=tags_for(application.candidate),
        notes=notes_on(application),
        age=age(application.stage_since, now=now(), target_days=application.stage.target_days),
        may_decide=g.person.may(Right.DECIDE_APPLICATIONS),
        may_schedule=g.person.may(Right.SCHEDULE_INTERVIEWS),
        may_interview=g.person.may(Right.INTERVIEW),
        may_offer=may_offer,
        may_write_offer=g.person.may(Right.WRITE_OFFERS),
        **words_of_an_application(),
    )


@bp.route("/applications/<uuid:application_id>/screen")
@access(Right.DECIDE_APPLICATIONS)
def screen(application_id: UUID) -> ResponseReturnValue:
    """The résumé beside the criteria, with the passages that speak for each."""
    application = get_application(application_id, viewer=g.person)
    return page(
        "hiring/screening/screen.html",
        application=application,
        readable=partial(readable, application),
        sheet=sheet_of(application, *queries.criteria_and_marks_of(application), viewer_key=g.person.id),
        following=queries.find_next(application, g.person),
    )


@bp.route("/applications/<uuid:application_id>/marks", methods=["POST"])
@access(Right.DECIDE_APPLICATIONS)
def mark(application_id: UUID) -> ResponseReturnValue:
    """Give one mark for one criterion."""
    application = get_application(application_id, viewer=g.person)
    form = MarkForm()
    if form.validate_on_submit():
        criterion = queries.get_criterion(_as_uuid(form.criterion.data))
        actions.give_mark(application, criterion, mark=form.mark.data, note=form.note.data or "", by=g.person)
    else:
        flash(_("Choose a mark from 1 to 4."), "danger")
    return redirect(url_for(".screen", application_id=application_id, _anchor="criteria"))


def _as_uuid(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        return UUID(int=0)


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
    """Close an application without hiring, and tell the candidate."""
    application = get_application(application_id, viewer=g.person)
    form = DeclineForm()
    form.reason.choices = labelled(DECLINE_REASONS)
    if form.validate_on_submit():
        try:
            applications.decline_application(application, by=g.person, reason=form.chosen_reason(), note=form.note.data or "")
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("%(name)s has been told.", name=application.shown_name), "success")
            return redirect(url_for(".show", application_id=application_id))
    return page("hiring/screening/decline.html", form=form, application=application)
