"""The page on which a posting is closed and everybody who waits is answered."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import Refusal
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _, ngettext
from core.web.pages import page
from hiring.applications.labels import DECLINE_REASONS, in_days
from hiring.applications.models import DeclineReason
from hiring.closing.actions import answer_everybody
from hiring.closing.forms import DAYS, REASONS, ClosingForm, outcomes_in
from hiring.closing.queries import undecided_of
from hiring.postings.models import PostingState
from hiring.postings.queries import get_posting_with_stages

bp = Blueprint("closing", __name__)


@bp.route("/postings/<uuid:posting_id>/close", methods=["GET", "POST"])
@access(Right.WRITE_POSTINGS)
def close(posting_id: UUID) -> ResponseReturnValue:
    """Close the posting: everybody without an answer gets one."""
    posting = get_posting_with_stages(posting_id, viewer=g.person)
    groups = undecided_of(posting)
    closes = posting.state in (PostingState.OPEN, PostingState.PAUSED)
    form, status = ClosingForm(), None
    form.days.choices = [(days, in_days(days)) for days in DAYS]
    outcomes = outcomes_in(request.form, groups)
    if form.validate_on_submit():
        try:
            told = answer_everybody(
                posting, outcomes, days=form.days.data, seen=form.seen.data or 0, note=form.note.data or "", by=g.person, closes=closes
            )
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            sentence = ngettext("%(num)d candidate gets an answer.", "%(num)d candidates get an answer.", told) if told else ""
            flash(" ".join(part for part in (_("The posting is closed.") if closes else "", sentence) if part), "success")
            return redirect(url_for("postings.show", posting_id=posting_id))
    return page(
        "hiring/closing/close.html",
        form=form,
        status=status,
        posting=posting,
        closes=closes,
        groups=groups,
        chosen={key: reason.value for key, reason in outcomes.items()},
        usual=(DeclineReason.MORE_QUALIFIED if posting.state is PostingState.FILLED else DeclineReason.POSITION_CLOSED).value,
        reasons=[(reason.value, DECLINE_REASONS[reason]) for reason in REASONS],
        count=sum(len(group.people) for group in groups),
    )
