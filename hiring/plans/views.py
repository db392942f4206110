"""Pages on which the interview plan of a posting is read and written."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.errors import Refusal
from core.people.models import Person
from core.people.queries import people_with_right
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from hiring.interviewers.models import InterviewerPool
from hiring.interviewers.queries import interviewer_pools
from hiring.interviews.labels import INTERVIEW_KIND_LABELS
from hiring.plans import actions, kits, queries
from hiring.plans.forms import RoundForm, as_form
from hiring.plans.labels import QUESTION_STYLES
from hiring.plans.models import PlanRound
from hiring.postings.forms import EmptyForm
from hiring.postings.models import Posting, StageKind
from hiring.postings.queries import get_posting
from hiring.stages.forms import ShiftForm
from hiring.stages.policy import can_plan

bp = Blueprint("plans", __name__, url_prefix="/postings/<uuid:posting_id>/plan")


@bp.get("")
@access(Right.SEE_POSTINGS)
def show(posting_id: UUID) -> ResponseReturnValue:
    """The plan: its rounds, and which criterion each covers."""
    posting = get_posting(posting_id, viewer=g.person)
    rounds = queries.plan_of(posting)
    return page(
        "hiring/plans/show.html",
        posting=posting,
        rounds=rounds,
        uncovered=kits.covered_by_nobody(rounds, posting.criteria),
        covers={(each.id, row.criterion_id) for each in rounds for row in each.covered},
        may_plan=can_plan(g.person, posting),
        kind_labels=INTERVIEW_KIND_LABELS,
        style_labels=QUESTION_STYLES,
        empty_form=EmptyForm(formdata=None),
    )


@bp.route("/new", methods=["GET", "POST"])
@access(Right.WRITE_POSTINGS)
def new(posting_id: UUID) -> ResponseReturnValue:
    """Add a round."""
    posting = get_posting(posting_id, viewer=g.person)
    return _edit(posting, None)


@bp.route("/<uuid:round_id>", methods=["GET", "POST"])
@access(Right.WRITE_POSTINGS)
def edit(posting_id: UUID, round_id: UUID) -> ResponseReturnValue:
    """Change a round."""
    posting = get_posting(posting_id, viewer=g.person)
    return _edit(posting, queries.round_of(posting, round_id))


@bp.post("/<uuid:round_id>/shift")
@access(Right.WRITE_POSTINGS)
def shift(posting_id: UUID, round_id: UUID) -> ResponseReturnValue:
    """Put a round one place to the front or to the back."""
    posting, form = get_posting(posting_id, viewer=g.person), ShiftForm()
    actions.shift_round(queries.round_of(posting, round_id), posting, places=1 if (form.places.data or 0) > 0 else -1, by=g.person)
    flash(_("The order is kept."), "success")
    return redirect(url_for(".show", posting_id=posting_id))


@bp.post("/<uuid:round_id>/remove")
@access(Right.WRITE_POSTINGS)
def remove(posting_id: UUID, round_id: UUID) -> ResponseReturnValue:
    """Take a round out of the plan."""
    posting = get_posting(posting_id, viewer=g.person)
    actions.remove_round(queries.round_of(posting, round_id), posting, by=g.person)
    flash(_("The round is taken out. Interviews planned from it stay."), "success")
    return redirect(url_for(".show", posting_id=posting_id))


def _edit(posting: Posting, planned: PlanRound | None) -> ResponseReturnValue:
    form, people, pools = _form(posting, planned)
    status = None
    if form.validate_on_submit():
        try:
            text = form.text(posting, people, pools)
            if planned is None:
                actions.add_round(posting, text, by=g.person)
            else:
                actions.change_round(planned, posting, text, by=g.person, version=form.seen_version)
            flash(_("The round is kept."), "success")
            return redirect(url_for(".show", posting_id=posting.public_id))
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
    return page("hiring/plans/edit.html", form=form, posting=posting, planned=planned, status=status)


def _form(posting: Posting, planned: PlanRound | None) -> tuple[RoundForm, dict[str, Person], dict[str, InterviewerPool]]:
    stages = [stage for stage in posting.stages if stage.kind is StageKind.INTERVIEW]
    sitting = kits.people_of(planned) if planned is not None else []
    people = {str(person.public_id): person for person in [*people_with_right(Right.INTERVIEW), *sitting]}
    pools = {str(pool.public_id): pool for pool in interviewer_pools()}
    form = RoundForm(data=as_form(planned) if planned is not None else {"cards_required": True})
    form.offer(posting, stages, list(people.values()), list(pools.values()))
    return form, people, pools
