"""Pages of job shadowing before a session takes place: the list, scheduling, free times, moving, calling off."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import now
from core.errors import Conflict, Invalid
from core.people.choosing import text_of
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from onboarding.choices import chosen_from, named
from onboarding.shadowing import actions, objectives, policy, queries
from onboarding.shadowing.forms import FreeTimesForm, ObjectiveForm, TimesForm
from onboarding.shadowing.scheduling import choices_for, days_of, mentor_of, place_of, plan_of, session_form, zones
from onboarding.shadowing.series import schedule_series
from onboarding.shadowing.slots import free_times, starts_by_day, window_from

bp = Blueprint("shadowing", __name__, url_prefix="/shadowing")


@bp.route("")
@access(Right.WORK)
def index() -> ResponseReturnValue:
    """The sessions the viewer takes part in or oversees."""
    past = request.args.get("when") == "past"
    found = queries.sessions_page(g.person, ahead=not past, at=now(), number=wanted_page())
    return page(
        "onboarding/shadowing/index.html",
        found=found,
        past=past,
        to_agree=[session for session in found.rows if policy.can_agree(g.person, session, at=now())],
        can_schedule=policy.can_schedule(g.person) or policy.is_mentor(g.person),
        can_run=g.person.may(Right.RUN_ONBOARDING),
    )


@bp.route("/new", methods=["GET", "POST"])
@access(Right.WORK)
def new() -> ResponseReturnValue:
    """Schedule a session or a series; who is busy and when stands at the form."""
    choices = choices_for(g.person, request.values)
    if choices.again is None:
        policy.insist_on_scheduler(g.person)
    form = session_form(g.person, choices)
    status = None
    if form.validate_on_submit():
        try:
            plan = plan_of(form, choices)
            location = place_of(plan.person, form.first_day.data)
            made = schedule_series(plan, weeks=form.weeks.data or 1, location=location, skips=form.skips.data, by=g.person)
        except (Invalid, Conflict) as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            if len(made) == 1:
                flash(_("Scheduled. Both get an invitation for their calendars and are asked to accept."), "success")
                return redirect(url_for(".show", session_id=made[0].public_id))
            flash(_("%(number)d sessions are scheduled. Both get invitations and are asked to accept.", number=len(made)), "success")
            return redirect(url_for(".index"))
    return page("onboarding/shadowing/new.html", form=form, choices=choices, status=status)


@bp.route("/free-times")
@access(Right.WORK)
def free() -> ResponseReturnValue:
    """When a new hire and a mentor could both, within four weeks."""
    policy.insist_on_scheduler(g.person)
    choices = choices_for(g.person, {})
    form = FreeTimesForm(request.args)
    form.person.choices = named(choices.people.values())
    if not request.args.get("mentor"):
        form.mentor.data = choices.known["mentor"]
    times: dict[date, list[tuple[datetime, datetime]]] | None = None
    if request.args.get("mentor") and form.validate():
        person, length = choices.people[form.person.data], timedelta(minutes=int(form.minutes.data))
        window = window_from(form.starting.data, g.person.time_zone)
        try:
            mentor = mentor_of(form.mentor.data, choices, g.person.time_zone)
            form.mentor.data = text_of(mentor)
            times = starts_by_day(free_times(person, mentor, length=length, days=int(form.days.data), window=window), g.person.time_zone)
        except Invalid as refusal:
            form.refuse(refusal)
    return page("onboarding/shadowing/free_times.html", form=form, choices=choices, times=times, zone=g.person.time_zone)


@bp.route("/<uuid:session_id>/move", methods=["GET", "POST"])
@access(Right.WORK)
def move(session_id: UUID) -> ResponseReturnValue:
    """Another time for a session."""
    session = queries.get_session(session_id, viewer=g.person)
    policy.insist_on_change(g.person, session)
    zone = ZoneInfo(session.time_zone)
    first = session.days[0]
    known = {
        "first_day": first.starts_at.astimezone(zone).date(),
        "from_time": first.starts_at.astimezone(zone).time(),
        "to_time": first.ends_at.astimezone(zone).time(),
        "days": str(len(session.days)),
        "time_zone": session.time_zone,
    }
    form = TimesForm(data=known)
    form.time_zone.choices = chosen_from((name, name) for name in zones(g.person, session.time_zone))
    status = None
    if form.validate_on_submit():
        try:
            actions.move_session(session, days_of(form, session.person), by=g.person)
        except (Invalid, Conflict) as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("Moved. Both get the new time for their calendars, and who did not move it is asked to accept it."), "success")
            return redirect(url_for(".show", session_id=session_id))
    return page("onboarding/shadowing/move.html", form=form, session=session, status=status)


@bp.route("/objectives", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def objectives_list() -> ResponseReturnValue:
    """What can be watched."""
    form = ObjectiveForm()
    if form.validate_on_submit():
        try:
            objectives.add_objective(title=form.title.data, hint=form.hint.data or "", by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Added."), "success")
            return redirect(url_for(".objectives_list"))
    return page("onboarding/shadowing/objectives.html", form=form, objectives=queries.objectives(active=False))


@bp.route("/objectives/usual", methods=["POST"])
@access(Right.RUN_ONBOARDING)
def add_usual() -> ResponseReturnValue:
    """Add the six things a relationship manager learns by watching."""
    objectives.add_usual_objectives(by=g.person)
    return redirect(url_for(".objectives_list"))
