"""Pages on which recruiters look for free times, offer them, and see what became of them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.calendars.free_slots import Interval
from core.clock import now, today
from core.errors import Invalid, Refusal
from core.people.queries import people_with_right
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from hiring.applications.models import Application, ApplicationState
from hiring.applications.queries import get_application
from hiring.interviews.labels import INTERVIEW_KIND_LABELS
from hiring.interviews.models import InterviewKind
from hiring.plans.models import PlanRound
from hiring.plans.queries import plan_of
from hiring.postings.forms import EmptyForm
from hiring.postings.models import StageKind
from hiring.scheduling import actions
from hiring.scheduling.days import by_day
from hiring.scheduling.finding import Finder, FreeTime, Wanted
from hiring.scheduling.forms import SearchForm, chosen_times
from hiring.scheduling.labels import PROPOSAL_STATE_LABELS, PROPOSAL_STATE_TONES
from hiring.scheduling.queries import get_proposal, proposals_of

bp = Blueprint("scheduling", __name__, url_prefix="/applications/<uuid:application_id>/times")
MOST_FOUND, TICKED = 60, 6


@bp.get("")
@access(Right.SCHEDULE_INTERVIEWS)
def listing(application_id: UUID) -> ResponseReturnValue:
    """What was offered to the candidate, and what became of it."""
    application = get_application(application_id, viewer=g.person)
    return page(
        "hiring/scheduling/listing.html",
        application=application,
        proposals=proposals_of(application),
        is_active=application.state is ApplicationState.ACTIVE,
        kind_labels=INTERVIEW_KIND_LABELS,
        state_labels=PROPOSAL_STATE_LABELS,
        state_tones=PROPOSAL_STATE_TONES,
        empty_form=EmptyForm(formdata=None),
    )


@bp.route("/new", methods=["GET", "POST"])
@access(Right.SCHEDULE_INTERVIEWS)
def new(application_id: UUID) -> ResponseReturnValue:
    """Look for times in which everybody is free, and offer some of them."""
    application = get_application(application_id, viewer=g.person)
    planned = {str(each.public_id): each for each in plan_of(application.posting)}
    form, found = _search_form(application, planned), list[FreeTime]()
    finder: Finder | None = None
    status = None
    if form.validate_on_submit():
        try:
            rounds = _rounds(form, application, planned)
            actions.insist_on_asking(application, rounds, by=g.person)
            if request.form.get("act") == "offer":
                _offer(application, form, rounds)
                return redirect(url_for(".listing", application_id=application_id))
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            finder, found, status = _found(form, application, rounds)
    return page(
        "hiring/scheduling/new.html",
        form=form,
        application=application,
        finder=finder,
        planned=planned,
        days=by_day(found, form.time_zone.data) if found else {},
        full=len(found) == MOST_FOUND,
        ticked=set(request.form.getlist("times")) or {free.starts_at.isoformat() for free in found[:: max(1, len(found) // TICKED)]},
        kind_labels=INTERVIEW_KIND_LABELS,
        status=status,
    )


@bp.post("/<uuid:proposal_id>/withdraw")
@access(Right.SCHEDULE_INTERVIEWS)
def withdraw(application_id: UUID, proposal_id: UUID) -> ResponseReturnValue:
    """Take back what was offered."""
    application = get_application(application_id, viewer=g.person)
    actions.withdraw_times(get_proposal(proposal_id, application=application), application=application, by=g.person)
    flash(_("The times are taken back."), "success")
    return redirect(url_for(".listing", application_id=application_id))


def _search_form(application: Application, rounds: Mapping[str, PlanRound]) -> SearchForm:
    zone = application.posting.location.time_zone
    day = today(zone) + timedelta(days=1)
    form = SearchForm(first_day=day, last_day=day + timedelta(days=9), time_zone=zone)
    stages = [stage for stage in application.posting.stages if stage.kind is StageKind.INTERVIEW]
    if request.method == "GET":
        asked = [rounds[key] for key in request.args.getlist("round") if key in rounds]
        wanted = len(asked) or request.args.get("rounds", 1, type=int)
        while len(form.rounds) < min(max(wanted, 1), actions.MOST_ROUNDS):
            form.rounds.append_entry()
        for at, entry in enumerate(form.rounds):
            entry.stage.data = str(application.stage.public_id)
            entry.kind.data = InterviewKind.FIRST.value
            if at < len(asked):
                entry.form.fill_from(asked[at])
    form.offer_choices(stages, people_with_right(Right.INTERVIEW))
    return form


def _rounds(form: SearchForm, application: Application, rounds: Mapping[str, PlanRound]) -> list[Wanted]:
    stages = {str(stage.public_id): stage for stage in application.posting.stages}
    people = {str(person.public_id): person for person in people_with_right(Right.INTERVIEW)}
    return [entry.form.wanted(stages, people, rounds, application.posting.language) for entry in form.rounds]


def _found(form: SearchForm, application: Application, rounds: list[Wanted]) -> tuple[Finder | None, list[FreeTime], int | None]:
    try:
        window = form.window()
    except Invalid as refusal:
        form.refuse(refusal)
        return None, [], refusal.status
    window = Interval(max(window.starts_at, now() + actions.NOTICE), max(window.ends_at, now() + actions.NOTICE))
    finder = Finder(rounds, guest=application.candidate.person, window=window)
    return finder, finder.all(form.time_zone.data, most=MOST_FOUND), None


def _offer(application: Application, form: SearchForm, rounds: list[Wanted]) -> None:
    times: list[datetime] = chosen_times(request.form.getlist("times"))
    frame = actions.Frame(ZoneInfo(form.time_zone.data).key, form.place.data or "", form.meeting_url.data or "", form.message.data or "")
    actions.offer_times(application, rounds, times, frame=frame, by=g.person)
    flash(_("The times are offered. The candidate gets a mail and picks one on their private page."), "success")
