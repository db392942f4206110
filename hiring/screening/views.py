"""Pages on which applications are screened: the inbox, one application, its criteria, and the board."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import now
from core.errors import Refusal
from core.files.sending import send_stored_file
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from hiring.applications import actions as applications
from hiring.applications.labels import DECLINE_REASONS
from hiring.applications.queries import get_application, history_of
from hiring.interviews.queries import interviews_of
from hiring.offers.queries import offers_of
from hiring.postings.queries import find_stage, get_posting, postings_for_choice
from hiring.screening import actions, queries
from hiring.screening.ageing import age
from hiring.screening.forms import DeclineForm, MarkForm, MoveForm
from hiring.screening.sheet import sheet_of

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
    found = queries.inbox(g.person, number=wanted_page(), every=every, posting=posting, words=words)
    return page(
        "hiring/screening/inbox.html",
        applications=found,
        postings=postings_for_choice(g.person),
        every=every,
        words=words,
        posting=posting,
        age=lambda application: age(application.stage_since, now=now(), target_days=application.stage.target_days),
    )


@bp.route("/applications/<uuid:application_id>")
@access(Right.SEE_APPLICATIONS)
def show(application_id: UUID) -> ResponseReturnValue:
    """One application: what was sent, how it was marked, interviews, offers, and its history."""
    application = get_application(application_id, viewer=g.person)
    return page(
        "hiring/screening/show.html",
        application=application,
        sheet=sheet_of(application, queries.criteria_of(application.posting_id), queries.marks_of(application), viewer_key=g.person.id),
        history=history_of(application),
        interviews=interviews_of(application),
        offers=offers_of(application) if g.person.may(Right.WRITE_OFFERS) or g.person.may(Right.APPROVE_OFFERS) else [],
        others=queries.others_from(application, g.person),
        age=age(application.stage_since, now=now(), target_days=application.stage.target_days),
    )


@bp.route("/applications/<uuid:application_id>/screen")
@access(Right.DECIDE_APPLICATIONS)
def screen(application_id: UUID) -> ResponseReturnValue:
    """The résumé beside the criteria, with the passages that speak for each."""
    application = get_application(application_id, viewer=g.person)
    return page(
        "hiring/screening/screen.html",
        application=application,
        sheet=sheet_of(application, queries.criteria_of(application.posting_id), queries.marks_of(application), viewer_key=g.person.id),
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
    return send_stored_file(application.resume, inline=request.args.get("inline") == "1")


@bp.route("/applications/<uuid:application_id>/move", methods=["POST"])
@access(Right.DECIDE_APPLICATIONS)
def move(application_id: UUID) -> ResponseReturnValue:
    """Take the application to another stage, from the board or its page."""
    application = get_application(application_id, viewer=g.person)
    form = MoveForm()
    form.stage.choices = [(str(stage.public_id), stage.name) for stage in application.posting.stages]
    if not form.validate_on_submit():
        flash(_("Choose a stage of this posting."), "danger")
        return redirect(url_for(".show", application_id=application_id))
    stage = find_stage(application.posting, _as_uuid(form.stage.data))
    applications.advance_application(application, to_stage=stage, by=g.person, seen_version=form.version.data)
    if request.headers.get("X-Requested-With") == "board":
        return {"moved": True, "stage": stage.name, "version": application.version}
    flash(_("%(name)s is now in “%(stage)s”.", name=application.candidate.person.name, stage=stage.name), "success")
    return redirect(url_for(".board", posting_id=application.posting.public_id) if form_came_from_board() else url_for(".show", application_id=application_id))


def form_came_from_board() -> bool:
    """Whether the form on the board was used rather than the one on the application's page."""
    return request.form.get("from") == "board"


@bp.route("/applications/<uuid:application_id>/decline", methods=["GET", "POST"])
@access(Right.DECIDE_APPLICATIONS)
def decline(application_id: UUID) -> ResponseReturnValue:
    """Close an application without hiring, and tell the candidate."""
    application = get_application(application_id, viewer=g.person)
    form = DeclineForm()
    form.reason.choices = [(reason.value, label) for reason, label in DECLINE_REASONS.items()]
    if form.validate_on_submit():
        try:
            applications.decline_application(application, by=g.person, reason=form.chosen_reason(), note=form.note.data or "")
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("%(name)s has been told.", name=application.candidate.person.name), "success")
            return redirect(url_for(".show", application_id=application_id))
    return page("hiring/screening/decline.html", form=form, application=application)


@bp.route("/postings/<uuid:posting_id>/board")
@access(Right.SEE_APPLICATIONS)
def board(posting_id: UUID) -> ResponseReturnValue:
    """The posting's stages side by side, each application a card."""
    posting = get_posting(posting_id, viewer=g.person)
    return page(
        "hiring/screening/board.html",
        posting=posting,
        columns=queries.board(posting),
        may_move=g.person.may(Right.DECIDE_APPLICATIONS),
        age=lambda application, stage: age(application.stage_since, now=now(), target_days=stage.target_days),
    )
