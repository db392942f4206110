"""Pages of job shadowing."""

from collections.abc import Callable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import now
from core.errors import Conflict, Invalid
from core.people.rights import Right
from core.web.access import access
from core.web.forms import Form
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from onboarding.choices import chosen_from
from onboarding.shadowing import actions, policy, queries
from onboarding.shadowing.forms import ObjectiveForm, ReasonForm, SignOffForm, TimesForm
from onboarding.shadowing.logbook import fill_log, log_of
from onboarding.shadowing.models import Session
from onboarding.shadowing.scheduling import days_of, plan_of, session_form, zones

bp = Blueprint("shadowing", __name__, url_prefix="/shadowing")


@bp.route("")
@access(Right.WORK)
def index() -> ResponseReturnValue:
    """The sessions the viewer takes part in or oversees."""
    past = request.args.get("when") == "past"
    found = queries.sessions_page(g.person, ahead=not past, at=now(), number=wanted_page())
    can_schedule = policy.can_schedule(g.person) or policy.is_mentor(g.person)
    return page("onboarding/shadowing/index.html", found=found, past=past, can_schedule=can_schedule, can_run=g.person.may(Right.RUN_ONBOARDING))


@bp.route("/new", methods=["GET", "POST"])
@access(Right.WORK)
def new() -> ResponseReturnValue:
    """Schedule a session; who is busy and when stands at the form."""
    policy.insist_on_scheduler(g.person)
    form, choices = session_form(g.person, person_id=request.args.get("person", ""))
    status = None
    if form.validate_on_submit():
        try:
            session = actions.schedule(plan_of(form, choices), by=g.person)
        except (Invalid, Conflict) as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("Scheduled. Both get an invitation for their calendars."), "success")
            return redirect(url_for(".show", session_id=session.public_id))
    return page("onboarding/shadowing/new.html", form=form, choices=choices, status=status)


@bp.route("/<uuid:session_id>")
@access(Right.WORK)
def show(session_id: UUID) -> ResponseReturnValue:
    """One session: when, where, what to watch, what was seen, and the sign-off."""
    return _show(queries.get_session(session_id, viewer=g.person))


@bp.route("/<uuid:session_id>/confirm", methods=["POST"])
@access(Right.WORK)
def confirm(session_id: UUID) -> ResponseReturnValue:
    """The mentor will be there."""
    actions.confirm(queries.get_session(session_id, viewer=g.person), by=g.person)
    flash(_("Confirmed."), "success")
    return redirect(url_for(".show", session_id=session_id))


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
            flash(_("Moved. Both get the new time for their calendars."), "success")
            return redirect(url_for(".show", session_id=session_id))
    return page("onboarding/shadowing/move.html", form=form, session=session, status=status)


@bp.route("/<uuid:session_id>/cancel", methods=["POST"])
@access(Right.WORK)
def cancel(session_id: UUID) -> ResponseReturnValue:
    """Call a session off."""
    session = queries.get_session(session_id, viewer=g.person)
    form = ReasonForm()
    return _act(session, form, lambda: actions.cancel(session, reason=form.reason.data, by=g.person), _("Cancelled. Both have been told."))


@bp.route("/<uuid:session_id>/log", methods=["POST"])
@access(Right.WORK)
def log(session_id: UUID) -> ResponseReturnValue:
    """Write down what was seen."""
    session = queries.get_session(session_id, viewer=g.person)
    form = fill_log(session)
    return _act(session, form, lambda: actions.write_log(session, log_of(form, session), by=g.person), _("Saved. Your mentor sees it too."))


@bp.route("/<uuid:session_id>/sign-off", methods=["POST"])
@access(Right.WORK)
def sign_off(session_id: UUID) -> ResponseReturnValue:
    """Sign a session off with feedback."""
    session = queries.get_session(session_id, viewer=g.person)
    form = SignOffForm()
    return _act(
        session, form, lambda: actions.sign_off(session, feedback=form.feedback.data, by=g.person), _("Signed off. Thank you for taking the time.")
    )


@bp.route("/objectives", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def objectives() -> ResponseReturnValue:
    """What can be watched."""
    form = ObjectiveForm()
    if form.validate_on_submit():
        try:
            actions.add_objective(title=form.title.data, hint=form.hint.data or "", by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Added."), "success")
            return redirect(url_for(".objectives"))
    return page("onboarding/shadowing/objectives.html", form=form, objectives=queries.objectives(active=False))


@bp.route("/objectives/usual", methods=["POST"])
@access(Right.RUN_ONBOARDING)
def add_usual() -> ResponseReturnValue:
    """Add the six things a relationship manager learns by watching."""
    actions.add_usual_objectives(by=g.person)
    return redirect(url_for(".objectives"))


def _act(session: Session, form: Form, act: Callable[[], Any], thanks: str) -> ResponseReturnValue:
    if not form.validate_on_submit():
        return _show(session, form)
    try:
        act()
    except Invalid as refusal:
        form.refuse(refusal)
        return _show(session, form)
    flash(thanks, "success")
    return redirect(url_for(".show", session_id=session.public_id))


def _show(session: Session, form: Form | None = None) -> ResponseReturnValue:
    at = now()
    known = {type(form): form} if form is not None else {}
    is_log = form is not None and not isinstance(form, ReasonForm | SignOffForm)
    return page(
        "onboarding/shadowing/show.html",
        form=form,
        session=session,
        log_form=form if is_log else fill_log(session, sent=False),
        reason_form=known.get(ReasonForm) or ReasonForm(formdata=None),
        sign_off_form=known.get(SignOffForm) or SignOffForm(formdata=None),
        can_change=policy.can_change(g.person, session),
        can_confirm=policy.can_confirm(g.person, session),
        can_log=policy.can_log(g.person, session, at=at),
        can_sign_off=policy.can_sign_off(g.person, session, at=at),
        moves=queries.history_of(session),
        is_over=session.ends_at <= at,
    )
