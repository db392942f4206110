"""Pages of sessions: the dates ahead, one session with its seats, planning, calling off, and who came."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from core.calendars.queries import rooms
from core.clock import now, today
from core.documents.codes import qr_svg
from core.errors import Invalid, NotFound, Refusal
from core.people.choosing import choose_person
from core.people.queries import get_person, has_reports, people_with_right, reports_from
from core.people.rights import Right
from core.web.access import access
from core.web.addresses import absolute_url
from core.web.i18n import _, ngettext
from core.web.limits import caller, limiter
from core.web.pages import is_fragment_request, page
from core.web.paging import wanted_page
from training.catalogue.queries import courses_in_force
from training.sessions import actions, enrolment, feedback, labels, moving, policy, presence, queries
from training.sessions.forms import AttendanceForm, CancelForm, ChangeForm, CodeForm, EnrolForm, FeedbackForm, PlanForm
from training.sessions.models import TAKING_A_SEAT, CourseSession, SeatState

bp = Blueprint("sessions", __name__, url_prefix="/training-sessions")


def _each_person() -> str:
    """Everybody in a room may share one address: tries are counted for each person."""
    return f"session code:{g.person.id}" if g.get("person") else caller()


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
        unsettled=queries.sessions_to_settle(g.person, at=now(), plans=policy.can_plan(g.person)),
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
    taught, at = queries.get_session(session_id), now()
    keeps = policy.can_keep_list(g.person, taught)
    return page(
        "training/sessions/session.html",
        taught=taught,
        taken=queries.seats_taken([taught])[taught.id],
        mine=queries.find_seat(taught, g.person),
        seats=queries.seats_of(taught) if keeps else None,
        is_ahead=taught.starts_at > at,
        is_on=presence.is_on(taught, at=at),
        is_asked=feedback.is_asked(taught, g.person, at=at),
        told=feedback.summary(taught, at=at) if keeps else None,
        has_reports=has_reports(g.person, on=today()),
        code_form=CodeForm(),
        labels=labels,
        can_plan=policy.can_plan(g.person),
    )


@bp.route("/<uuid:session_id>/change", methods=["GET", "POST"])
@access(Right.WRITE_COURSES)
def change(session_id: UUID) -> ResponseReturnValue:
    """Move a session, or change its seats and cost."""
    taught, form = queries.get_session(session_id), ChangeForm()
    asks = False
    if form.validate_on_submit():
        try:
            lost = moving.change_session(taught, form.change(taught.time_zone), without_busy=bool(form.without_busy.data), by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
            asks = isinstance(refusal, moving.SomeAreBusy)
        else:
            flash(_("The session is changed. Everybody whose time it is has been asked anew."), "success")
            if lost:
                flash(ngettext("%(num)s person lost the seat and was told.", "%(num)s people lost their seats and were told.", lost), "warning")
            return redirect(url_for(".show", session_id=session_id))
    elif not form.is_submitted():
        form.begin(taught)
    return page("training/sessions/change.html", taught=taught, form=form, asks=asks or bool(form.without_busy.data))


@bp.route("/<uuid:session_id>/seats", methods=["GET", "POST"])
@access(Right.WORK)
def seats(session_id: UUID) -> ResponseReturnValue:
    """Give seats to those who report to me, and, for who keeps the list, to those whom a rule asks for the course and to anybody by name."""
    taught, day = queries.get_session(session_id), today()
    keeps = policy.can_keep_list(g.person, taught)
    asked = queries.people_asked_for(taught, limit=200) if keeps else []
    reports = [employment.person for employment in reports_from(g.person, day=day) if employment.valid_from <= day]
    if not keeps and not reports:
        raise NotFound
    known = {str(person.public_id): person for person in (*asked, *reports)}
    seated = queries.seated_of(taught, list(known.values()))
    offered = {key: person for key, person in known.items() if person.id not in seated and person.id != taught.trainer_id}
    form = EnrolForm()
    form.people.choices = [SelectChoice(key, person.name) for key, person in offered.items()]
    if form.validate_on_submit():
        try:
            chosen = [person for key, person in offered.items() if key in (form.people.data or [])]
            other = choose_person(form.person.data, on=day, field="person") if keeps else None
            if not chosen and other is None:
                raise Invalid(_("Choose at least one person."), field="people")
            outcome = enrolment.enrol_people(taught, [*chosen, *([other] if other else [])], by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _tell_outcome(taught, outcome)
    return page(
        "training/sessions/seats.html",
        taught=taught,
        form=form,
        keeps=keeps,
        asked=len(asked),
        left=taught.capacity - queries.seats_taken([taught])[taught.id],
    )


def _tell_outcome(taught: CourseSession, outcome: enrolment.Outcome) -> ResponseReturnValue:
    if outcome.seated:
        number = len(outcome.seated)
        flash(ngettext("%(num)s person has a seat and the invitation.", "%(num)s people have a seat and the invitation.", number), "success")
    if outcome.waiting:
        number = len(outcome.waiting)
        flash(ngettext("%(num)s person is on the waiting list.", "%(num)s people are on the waiting list.", number), "warning")
    for sentence in outcome.refused:
        flash(sentence, "danger")
    return redirect(url_for(".show", session_id=taught.public_id))


@bp.route("/<uuid:session_id>/seats/<uuid:person_id>/take-back", methods=["POST"])
@access(Right.WORK)
def take_back(session_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Take somebody's seat back, as who keeps the list or as their manager."""
    actions.withdraw(queries.get_session(session_id), get_person(person_id), by=g.person)
    flash(_("The seat is taken back, and the person has been told. It goes to the next on the waiting list."), "success")
    return redirect(url_for(".show", session_id=session_id))


@bp.route("/<uuid:session_id>/screen")
@access(Right.WORK)
def screen(session_id: UUID) -> ResponseReturnValue:
    """What is shown in the room: the code that changes every thirty seconds, and how many are there."""
    taught = _kept(session_id)
    template = "training/sessions/code.html" if is_fragment_request() else "training/sessions/screen.html"
    is_on, code = presence.is_on(taught, at=now()), presence.code_for(taught, at=now())
    address = absolute_url("sessions.here", session_id=session_id, code=code)
    here = [seat for seat in queries.seats_of(taught) if seat.here_at is not None]
    return page(
        template, taught=taught, is_on=is_on, code=code, picture=qr_svg(address), here=len(here), taken=queries.seats_taken([taught])[taught.id]
    )


@bp.route("/<uuid:session_id>/here", methods=["GET", "POST"])
@access(Right.WORK)
@limiter.limit("20 per minute", methods=["POST"], key_func=_each_person)
def here(session_id: UUID) -> ResponseReturnValue:
    """Say that I am in the room."""
    taught, form = queries.get_session(session_id), CodeForm(request.form if request.method == "POST" else request.args)
    if form.validate_on_submit():
        try:
            presence.say_here(taught, form.code.data or "", by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("You are noted as there."), "success")
            return redirect(url_for(".show", session_id=session_id))
    return page("training/sessions/here.html", taught=taught, form=form)


@bp.route("/<uuid:session_id>/feedback", methods=["GET", "POST"])
@access(Right.WORK)
def tell(session_id: UUID) -> ResponseReturnValue:
    """Say how the session was."""
    taught, form = queries.get_session(session_id), FeedbackForm()
    if not feedback.is_asked(taught, g.person, at=now()):
        raise NotFound
    if form.validate_on_submit():
        feedback.tell(taught, form.words(), by=g.person)
        flash(_("Thank you. Your name is not kept with what you said."), "success")
        return redirect(url_for(".show", session_id=session_id))
    return page("training/sessions/feedback.html", taught=taught, form=form, at_least=feedback.AT_LEAST)


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
    read_code = {seat.id for seat in seats if seat.here_at is not None}
    came = [seat for seat in seats if seat.state is not SeatState.NO_SHOW and (not read_code or seat.here_at or seat.state is SeatState.ATTENDED)]
    form = AttendanceForm(came=[str(seat.person.public_id) for seat in came])
    form.came.choices = [SelectChoice(str(seat.person.public_id), seat.person.name) for seat in seats]
    if form.validate_on_submit():
        present = [seat.person for seat in seats if str(seat.person.public_id) in form.came.data]
        try:
            other = choose_person(form.also.data, on=today(g.person.time_zone), field="also")
            if other is not None:
                presence.add_who_came(taught, other, by=g.person)
                present.append(other)
            actions.note_attendance(taught, present, by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("Who came is noted."), "success")
            return redirect(url_for(".show", session_id=session_id))
    return page("training/sessions/attendance.html", taught=taught, form=form, read_code=len(read_code))


def _kept(session_id: UUID) -> CourseSession:
    taught = queries.get_session(session_id)
    if not policy.can_keep_list(g.person, taught):
        raise NotFound
    return taught
