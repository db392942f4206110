"""The page on which an interviewer writes their scorecard: kept as they type, sent for good, amended with a reason."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, flash, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import now
from core.errors import Invalid, NotFound, Refusal
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from hiring.interviews import cards, policy, queries
from hiring.interviews.forms import AmendmentForm, ScorecardForm, card_form
from hiring.interviews.labels import INTERVIEW_KIND_LABELS
from hiring.interviews.models import Interview, Scorecard, ScorecardState
from hiring.postings.models import Criterion
from hiring.screening.queries import criteria_of

bp = Blueprint("scorecards", __name__, url_prefix="/interviews/<uuid:interview_id>/scorecard")


@bp.route("", methods=["GET", "POST"])
@access(Right.INTERVIEW)
def write(interview_id: UUID) -> ResponseReturnValue:
    """My card for this interview: kept as a draft, then sent for good."""
    interview, criteria = _mine(interview_id)
    form = card_form(ScorecardForm, criteria, **_as_form(_own(interview)))
    if form.validate_on_submit():
        sending = request.form.get("step") == "send"
        act = cards.send_card if sending else cards.keep_card
        try:
            act(interview, findings=form.findings(criteria), criteria=criteria, by=g.person, version=form.known_version)
        except Refusal as refusal:
            form.refuse(refusal)
            return _card_page(form, interview, criteria, status=refusal.status)
        flash(_("Your scorecard is sent.") if sending else _("Your draft is kept. Nobody else sees it."), "success")
        return redirect(url_for("interviews.show" if sending else ".write", interview_id=interview_id))
    return _card_page(form, interview, criteria)


@bp.post("/draft")
@access(Right.INTERVIEW)
def keep(interview_id: UUID) -> ResponseReturnValue:
    """Keep what is typed, a moment after each change. Answers with the version that is kept now."""
    interview, criteria = _mine(interview_id)
    form = card_form(ScorecardForm, criteria)
    if not form.validate():
        raise Invalid(next(str(errors[0]) for errors in form.errors.values()))
    card = cards.keep_card(interview, findings=form.findings(criteria), criteria=criteria, by=g.person, version=form.known_version)
    answer = make_response("", 204)
    answer.headers["X-Kept-Version"] = str(card.version)
    return answer


@bp.route("/amend", methods=["GET", "POST"])
@access(Right.INTERVIEW)
def amend(interview_id: UUID) -> ResponseReturnValue:
    """Change my card after it was sent; what it said stays readable."""
    interview, criteria = _mine(interview_id)
    own = _own(interview)
    if own is None or own.state is not ScorecardState.SENT:
        return redirect(url_for(".write", interview_id=interview_id))
    form = card_form(AmendmentForm, criteria, **_as_form(own))
    if form.validate_on_submit():
        try:
            findings = form.findings(criteria)
            cards.amend_card(interview, findings=findings, criteria=criteria, reason=form.reason.data, by=g.person, version=form.known_version)
        except Refusal as refusal:
            form.refuse(refusal)
            return _card_page(form, interview, criteria, amending=True, status=refusal.status)
        flash(_("Your card is amended. What it said before stays with it."), "success")
        return redirect(url_for("interviews.show", interview_id=interview_id))
    return _card_page(form, interview, criteria, amending=True)


def _mine(interview_id: UUID) -> tuple[Interview, Sequence[Criterion]]:
    interview = queries.get_interview(interview_id, viewer=g.person)
    if not policy.has_seat(g.person, interview):
        raise NotFound
    return interview, criteria_of(interview.application.posting_id)


def _own(interview: Interview) -> Scorecard | None:
    return next((card for card in interview.scorecards if card.person_id == g.person.id), None)


def _card_page(
    form: ScorecardForm, interview: Interview, criteria: Sequence[Criterion], *, amending: bool = False, status: int | None = None
) -> ResponseReturnValue:
    own = _own(interview)
    return page(
        "hiring/interviews/scorecard.html",
        form=form,
        interview=interview,
        criteria=criteria,
        covered={row.criterion_id for row in interview.covered},
        own=own,
        sent=own is not None and own.state is ScorecardState.SENT,
        amending=amending,
        in_training=policy.is_in_training(g.person, interview),
        has_begun=interview.booking.starts_at <= now(),
        kind_labels=INTERVIEW_KIND_LABELS,
        status=status,
    )


def _as_form(own: Scorecard | None) -> dict[str, object]:
    if own is None:
        return {}
    values: dict[str, object] = {
        "recommendation": own.recommendation.value if own.recommendation else "",
        "evidence": own.evidence,
        "still_open": own.still_open,
        "private_note": own.private_note,
        "version": own.version,
    }
    for mark in own.marks:
        values[f"mark_{mark.criterion_id}"] = str(mark.mark or "")
        values[f"evidence_{mark.criterion_id}"] = mark.evidence
    return values
