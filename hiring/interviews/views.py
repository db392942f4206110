"""Pages for those who schedule interviews and those who hold them."""

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
from hiring.interviews import actions, policy, queries
from hiring.interviews.forms import CancelForm, MoveForm
from hiring.interviews.labels import INTERVIEW_KIND_LABELS, INTERVIEW_STATE_LABELS, RECOMMENDATION_LABELS, RECOMMENDATION_TONES, SEAT_PART_LABELS
from hiring.interviews.models import Interview, InterviewState
from hiring.scheduling.queries import who_cannot_come
from hiring.screening.queries import criteria_of

bp = Blueprint("interviews", __name__)


@bp.route("/interviews")
@access(Right.INTERVIEW)
def mine() -> ResponseReturnValue:
    """The interviews I sit in, and the cards I owe."""
    found = queries.my_interviews(g.person, number=wanted_page())
    return page("hiring/interviews/mine.html", interviews=found, now=now(), kind_labels=INTERVIEW_KIND_LABELS)


@bp.route("/interviews/<uuid:interview_id>")
@access(Right.INTERVIEW)
def show(interview_id: UUID) -> ResponseReturnValue:
    """One interview: the candidate, what to ask, and the cards one may read."""
    interview = queries.get_interview(interview_id, viewer=g.person)
    siblings = queries.interviews_of(interview.application)
    cards = [card for card in policy.visible_cards(g.person, siblings) if card.interview_id == interview.id]
    cards += policy.training_cards(g.person, interview)
    return page(
        "hiring/interviews/show.html",
        interview=interview,
        answers=queries.answers_of(interview.application),
        cards=cards,
        amendments=queries.amendments_of(cards),
        blind=policy.owes_card(g.person, siblings),
        criteria=criteria_of(interview.application.posting_id),
        took_place=interview.booking.ends_at <= now(),
        gone=who_cannot_come(interview) if policy.can_schedule(g.person) and _is_ahead(interview) else (),
        part_labels=SEAT_PART_LABELS,
        may_schedule=policy.can_schedule(g.person),
        may_debrief=policy.is_member(g.person, interview) or g.person.may(Right.SEE_APPLICATIONS),
        is_member=policy.is_member(g.person, interview),
        writes_card=policy.writes_card(g.person, interview),
        has_begun=interview.booking.starts_at <= now(),
        kind_labels=INTERVIEW_KIND_LABELS,
        state_labels=INTERVIEW_STATE_LABELS,
        recommendation_labels=RECOMMENDATION_LABELS,
        recommendation_tones=RECOMMENDATION_TONES,
    )


def _is_ahead(interview: Interview) -> bool:
    return interview.state is InterviewState.PLANNED and interview.booking.starts_at > now()


@bp.route("/interviews/<uuid:interview_id>/resume")
@access(Right.INTERVIEW)
def resume(interview_id: UUID) -> ResponseReturnValue:
    """The candidate's résumé, for those who interview them."""
    interview = queries.get_interview(interview_id, viewer=g.person)
    return send_stored_file(interview.application.resume, inline=request.args.get("inline") == "1")


@bp.route("/interviews/<uuid:interview_id>/move", methods=["GET", "POST"])
@access(Right.SCHEDULE_INTERVIEWS)
def move(interview_id: UUID) -> ResponseReturnValue:
    """Give the interview another time."""
    interview = queries.get_interview(interview_id, viewer=g.person)
    form = MoveForm()
    if form.validate_on_submit():
        try:
            begins, ends = form.instants(interview.booking.time_zone)
            actions.move_interview(
                interview, starts_at=begins, ends_at=ends, by=g.person, version=form.version.data, within_limits=not form.anyway.data
            )
        except Refusal as refusal:
            form.refuse(refusal)
            return page("hiring/interviews/move.html", form=form, interview=interview, status=refusal.status)
        flash(_("The interview is moved and everybody is asked anew."), "success")
        return redirect(url_for(".show", interview_id=interview_id))
    return page("hiring/interviews/move.html", form=form, interview=interview)


@bp.route("/interviews/<uuid:interview_id>/cancel", methods=["GET", "POST"])
@access(Right.SCHEDULE_INTERVIEWS)
def cancel(interview_id: UUID) -> ResponseReturnValue:
    """Cancel the interview and tell everybody."""
    interview = queries.get_interview(interview_id, viewer=g.person)
    form = CancelForm()
    if form.validate_on_submit():
        try:
            actions.cancel_interview(interview, reason=form.reason.data, by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
            return page("hiring/interviews/cancel.html", form=form, interview=interview, status=refusal.status)
        flash(_("The interview is cancelled and everybody is told."), "success")
        return redirect(url_for("screening.show", application_id=interview.application.public_id))
    return page("hiring/interviews/cancel.html", form=form, interview=interview)


@bp.route("/interviews/<uuid:interview_id>/no-show", methods=["POST"])
@access(Right.INTERVIEW)
def no_show(interview_id: UUID) -> ResponseReturnValue:
    """Write down that the candidate did not come."""
    interview = queries.get_interview(interview_id, viewer=g.person)
    actions.note_no_show(interview, by=g.person)
    return redirect(url_for(".show", interview_id=interview_id))


@bp.route("/interviews/<uuid:interview_id>/came-after-all", methods=["POST"])
@access(Right.INTERVIEW)
def came_after_all(interview_id: UUID) -> ResponseReturnValue:
    """Take back that the candidate did not come."""
    interview = queries.get_interview(interview_id, viewer=g.person)
    actions.take_back_no_show(interview, by=g.person)
    return redirect(url_for(".show", interview_id=interview_id))
