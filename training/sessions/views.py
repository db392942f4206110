"""Pages of sessions: the dates ahead, one session with its seats, planning, calling off, and who came."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from core.calendars.queries import rooms
from core.clock import now
from core.errors import NotFound, Refusal
from core.people.queries import people_with_right
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from training.catalogue.queries import courses_in_force
from training.sessions import actions, labels, policy, queries
from training.sessions.forms import AttendanceForm, CancelForm, PlanForm
from training.sessions.models import TAKING_A_SEAT, CourseSession, SeatState

bp = Blueprint("sessions", __name__, url_prefix="/training-sessions")


@bp.route("")
@access(Right.WORK)
def ahead() -> ResponseReturnValue:
    """The sessions ahead, with the seats left and my own."""
    found = queries.sessions_ahead(at=now(), number=wanted_page())
    return page(
        "training/sessions/ahead.html",
        sessions=found,
        taken=queries.seats_taken(found.rows),
        mine=queries.seats_of_person(g.person, found.rows),
        unsettled=queries.sessions_to_settle(g.person, at=now()),
        labels=labels,
        can_plan=policy.can_plan(g.person),
    )


@bp.route("/new", methods=["GET", "POST"])
@access(Right.WRITE_COURSES)
def plan() -> ResponseReturnValue:
    """Plan a session."""
    form, there, courses, trainers = PlanForm(), rooms(), courses_in_force(), people_with_right(Right.WRITE_COURSES)
    form.offer(courses=courses, trainers=trainers, rooms=there)
    if form.validate_on_submit():
        course = next(course for course in courses if str(course.public_id) == form.course.data)
        trainer = next(person for person in trainers if str(person.public_id) == form.trainer.data)
        try:
            taught = actions.plan_session(course, form.plan(g.person.time_zone, there), trainer=trainer, by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The session is planned. The trainer has been invited."), "success")
            return redirect(url_for(".show", session_id=taught.public_id))
    return page("training/sessions/new.html", form=form, zone=g.person.time_zone)


@bp.route("/<uuid:session_id>")
@access(Right.WORK)
def show(session_id: UUID) -> ResponseReturnValue:
    """One session: when, where, the seats left; for who keeps the list, who has them."""
    taught = queries.get_session(session_id)
    return page(
        "training/sessions/session.html",
        taught=taught,
        taken=queries.seats_taken([taught])[taught.id],
        mine=queries.find_seat(taught, g.person),
        seats=queries.seats_of(taught) if policy.can_keep_list(g.person, taught) else None,
        is_ahead=taught.starts_at > now(),
        labels=labels,
        can_plan=policy.can_plan(g.person),
    )


@bp.route("/<uuid:session_id>/enrol", methods=["POST"])
@access(Right.WORK)
def enrol(session_id: UUID) -> ResponseReturnValue:
    """Take a seat myself, or a turn on the waiting list."""
    taught = queries.get_session(session_id)
    seat = actions.enrol(taught, g.person, by=g.person)
    if seat.state is SeatState.ENROLLED:
        flash(_("You have a seat. The invitation is in your mail and calendar."), "success")
    else:
        flash(_("All seats are taken. You are on the waiting list and move up by yourself when one is given up."), "warning")
    return redirect(url_for(".show", session_id=session_id))


@bp.route("/<uuid:session_id>/withdraw", methods=["POST"])
@access(Right.WORK)
def withdraw(session_id: UUID) -> ResponseReturnValue:
    """Give up my seat."""
    actions.withdraw(queries.get_session(session_id), g.person, by=g.person)
    flash(_("You have given up your seat. It goes to the next on the waiting list."), "success")
    return redirect(url_for(".show", session_id=session_id))


@bp.route("/<uuid:session_id>/cancel", methods=["GET", "POST"])
@access(Right.WRITE_COURSES)
def cancel(session_id: UUID) -> ResponseReturnValue:
    """Call a session off."""
    taught, form = queries.get_session(session_id), CancelForm()
    if form.validate_on_submit():
        actions.cancel_session(taught, reason=form.reason.data or "", by=g.person)
        flash(_("The session is called off. Everybody with a seat has been told."), "success")
        return redirect(url_for(".show", session_id=session_id))
    return page("training/sessions/cancel.html", taught=taught, form=form)


@bp.route("/<uuid:session_id>/attendance", methods=["GET", "POST"])
@access(Right.WORK)
def attendance(session_id: UUID) -> ResponseReturnValue:
    """Note who came."""
    taught = _kept(session_id)
    seats = [seat for seat in queries.seats_of(taught) if seat.state in TAKING_A_SEAT]
    form = AttendanceForm(came=[str(seat.person.public_id) for seat in seats if seat.state is not SeatState.NO_SHOW])
    form.came.choices = [SelectChoice(str(seat.person.public_id), seat.person.name) for seat in seats]
    if form.validate_on_submit():
        came = [seat.person for seat in seats if str(seat.person.public_id) in form.came.data]
        actions.note_attendance(taught, came, by=g.person)
        flash(_("Who came is noted."), "success")
        return redirect(url_for(".show", session_id=session_id))
    return page("training/sessions/attendance.html", taught=taught, form=form)


def _kept(session_id: UUID) -> CourseSession:
    taught = queries.get_session(session_id)
    if not policy.can_keep_list(g.person, taught):
        raise NotFound
    return taught
