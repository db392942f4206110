"""The page of one session and what is done on it: accepted, called off, written down, signed off, decided."""

from collections.abc import Callable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import flash, g, make_response, redirect, url_for
from flask.typing import ResponseReturnValue

from core.clock import now
from core.errors import Conflict, Invalid
from core.people.rights import Right
from core.web.access import access
from core.web.forms import Form
from core.web.i18n import _
from core.web.pages import page
from onboarding.choices import chosen_from
from onboarding.mentors.suggesting import suggest
from onboarding.programmes.queries import find_participation
from onboarding.programmes.taking_part import manager_of
from onboarding.shadowing import actions, holding, policy, queries
from onboarding.shadowing.forms import AgreeForm, NoShowForm, ReasonForm, ReassignForm, SettleForm
from onboarding.shadowing.logbook import decision_of, fill_decision, fill_log, fill_sign_off, is_reversed, log_of, version_of, word_of
from onboarding.shadowing.models import Session, Side
from onboarding.shadowing.slots import other_times
from onboarding.shadowing.times import Stretch
from onboarding.shadowing.views import bp

shadowing = bp  # with the routes below


@bp.route("/<uuid:session_id>")
@access(Right.WORK)
def show(session_id: UUID) -> ResponseReturnValue:
    """One session: when, where, what to watch, what was seen, and the sign-off."""
    return _show(queries.get_session(session_id, viewer=g.person))


@bp.route("/<uuid:session_id>/confirm", methods=["POST"])
@access(Right.WORK)
def confirm(session_id: UUID) -> ResponseReturnValue:
    """One of the two will be there."""
    session = queries.get_session(session_id, viewer=g.person)
    actions.accept(session, by=g.person)
    flash(_("Accepted."), "success")
    return redirect(url_for(".show", session_id=session_id))


@bp.route("/<uuid:session_id>/cancel", methods=["POST"])
@access(Right.WORK)
def cancel(session_id: UUID) -> ResponseReturnValue:
    """Call a session off."""
    session = queries.get_session(session_id, viewer=g.person)
    form = ReasonForm()
    thanks = _("Cancelled. Both have been told. These other times would do for both of you.")
    return _act(session, form, "reason_form", lambda: actions.cancel(session, reason=form.reason.data, by=g.person), thanks)


@bp.route("/<uuid:session_id>/reassign", methods=["GET", "POST"])
@access(Right.WORK)
def reassign(session_id: UUID) -> ResponseReturnValue:
    """Another mentor for a session, with who would fit and why."""
    session = queries.get_session(session_id, viewer=g.person)
    policy.insist_on_reassigning(g.person, session)
    wanted = [row.objective_id for row in session.observations]
    participation = find_participation(session.person)
    ranking = suggest(session.person, on=session.starts_at.date(), participation=participation, objective_ids=wanted, besides=[session.mentor_id])
    people = {str(one.candidate.key): ranking.mentors[one.candidate.key].person for one in ranking.suggestions if one.can_be_asked}
    form = ReassignForm()
    form.mentor.choices = chosen_from((key, person.name) for key, person in people.items())
    status = None
    if form.validate_on_submit():
        try:
            actions.reassign(session, people[form.mentor.data], by=g.person)
        except (Invalid, Conflict) as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("The session has another mentor. Both are asked to accept it."), "success")
            return redirect(url_for(".show", session_id=session_id))
    return page("onboarding/shadowing/reassign.html", form=form, session=session, suggestions=ranking.suggestions, status=status)


@bp.route("/<uuid:session_id>/log", methods=["POST"])
@access(Right.WORK)
def log(session_id: UUID) -> ResponseReturnValue:
    """Write down what was seen."""
    session = queries.get_session(session_id, viewer=g.person)
    form = fill_log(session)
    thanks = _("Saved. Once every objective is answered your mentor sees it too.")
    return _act(session, form, "log_form", lambda: holding.write_log(session, log_of(form, session), by=g.person, version=version_of(form)), thanks)


@bp.post("/<uuid:session_id>/log/draft")
@access(Right.WORK)
def keep_log(session_id: UUID) -> ResponseReturnValue:
    """Keep what is typed, a moment after each change. Answers with the version that is kept now."""
    session = queries.get_session(session_id, viewer=g.person)
    form = fill_log(session)
    if not form.validate():
        raise Invalid(next(str(errors[0]) for errors in form.errors.values()))
    holding.keep_log(session, log_of(form, session), by=g.person, version=version_of(form))
    answer = make_response("", 204)
    answer.headers["X-Kept-Version"] = str(session.log_version)
    return answer


@bp.route("/<uuid:session_id>/sign-off", methods=["POST"])
@access(Right.WORK)
def sign_off(session_id: UUID) -> ResponseReturnValue:
    """Sign a session off with feedback, objective by objective."""
    session = queries.get_session(session_id, viewer=g.person)
    form = fill_sign_off(session)
    thanks = _("Signed off. Thank you for taking the time.")
    return _act(session, form, "sign_off_form", lambda: holding.sign_off(session, word_of(form, session), by=g.person), thanks)


@bp.post("/<uuid:session_id>/agree")
@access(Right.WORK)
def agree(session_id: UUID) -> ResponseReturnValue:
    """Sign a session off in one tap: the mentor agrees with all that was written."""
    session = queries.get_session(session_id, viewer=g.person)
    thanks = _("Signed off. Thank you for taking the time.")
    return _act(session, AgreeForm(), "", lambda: holding.sign_off(session, holding.SignOff(agrees=True), by=g.person), thanks)


@bp.post("/<uuid:session_id>/no-show")
@access(Right.WORK)
def no_show(session_id: UUID) -> ResponseReturnValue:
    """Say that somebody did not come."""
    session = queries.get_session(session_id, viewer=g.person)
    form = NoShowForm()
    thanks = _("Noted. These other times would do for both of you.")
    return _act(
        session, form, "no_show_form", lambda: holding.report_no_show(session, Side(form.who.data), note=form.note.data or "", by=g.person), thanks
    )


@bp.post("/<uuid:session_id>/decide")
@access(Right.SEE_ONBOARDING)
def decide(session_id: UUID) -> ResponseReturnValue:
    """The manager says what holds where the two differ."""
    session = queries.get_session(session_id, viewer=g.person)
    form = fill_decision(session)

    def act() -> None:
        try:
            holding.decide(session, decision_of(form, session), reason=form["decision_reason"].data, by=g.person)
        except Invalid as refusal:
            raise Invalid(refusal.sentence, field="decision_reason") from None

    return _act(session, form, "decision_form", act, _("Decided. Both see it with your reason."))


@bp.post("/<uuid:session_id>/settle")
@access(Right.SEE_ONBOARDING)
def settle(session_id: UUID) -> ResponseReturnValue:
    """The manager says whether a session took place."""
    session = queries.get_session(session_id, viewer=g.person)
    form = SettleForm()

    def act() -> None:
        who = None if form.outcome.data == "held" else Side(form.outcome.data)
        holding.settle(session, no_show=who, reason=form.settle_reason.data, by=g.person)

    return _act(session, form, "settle_form", act, _("Noted. Both see it with your reason."))


def _act(session: Session, form: Form, name: str, act: Callable[[], Any], thanks: str) -> ResponseReturnValue:
    if not form.validate_on_submit():
        return _show(session, form, name)
    try:
        act()
    except Invalid as refusal:
        form.refuse(refusal)
        return _show(session, form, name)
    flash(thanks, "success")
    return redirect(url_for(".show", session_id=session.public_id))


def _show(session: Session, form: Form | None = None, name: str = "") -> ResponseReturnValue:
    at, viewer = now(), g.person
    can_judge = policy.can_judge(viewer, session, manager_id=manager_of(session.person))
    forms = {
        "log_form": fill_log(session, sent=False),
        "sign_off_form": fill_sign_off(session, sent=False),
        "decision_form": fill_decision(session, sent=False),
        "reason_form": ReasonForm(formdata=None),
        "no_show_form": NoShowForm(formdata=None),
        "settle_form": SettleForm(formdata=None),
    }
    again = policy.can_propose_again(viewer, session)
    return page(
        "onboarding/shadowing/show.html",
        form=form,
        session=session,
        **({**forms, name: form} if name else forms),
        is_mine=viewer.id == session.person_id,
        is_reversed=is_reversed(session),
        can_change=policy.can_change(viewer, session),
        can_cancel=policy.can_cancel(viewer, session),
        can_reassign=policy.can_reassign(viewer, session),
        can_accept=policy.can_accept(viewer, session) and session.ends_at > at,
        can_log=policy.can_log(viewer, session, at=at),
        can_sign_off=policy.can_sign_off(viewer, session, at=at),
        can_agree=policy.can_agree(viewer, session, at=at),
        can_report_no_show=policy.can_report_no_show(viewer, session, at=at),
        can_decide=can_judge and session.is_disputed,
        can_settle=can_judge and policy.can_be_settled(session, at=at),
        other_times=[_proposal(session, days) for days in other_times(session)] if again else [],
        moves=queries.history_of(session),
        is_over=session.ends_at <= at,
    )


def _proposal(session: Session, days: list[Stretch]) -> tuple[list[Stretch], dict[str, Any]]:
    """Another time, and what the form has to know to be filled with it."""
    zone = ZoneInfo(session.time_zone)
    begins, ends = days[0].starts_at.astimezone(zone), days[0].ends_at.astimezone(zone)
    times = {"day": begins.date().isoformat(), "from": f"{begins:%H:%M}", "to": f"{ends:%H:%M}", "days": len(days), "zone": session.time_zone}
    return days, {"again": session.public_id, **times}
