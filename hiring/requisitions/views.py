"""Pages on which people are asked for, and requisitions approved."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import Conflict, Invalid
from core.people.queries import departments, find_company, job_roles, locations, people_with_right
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from hiring.approval_seats.policy import may_name
from hiring.approvals.labels import HINDRANCES, STEP_STATES
from hiring.approvals.models import ApprovalKind
from hiring.approvals.policy import seat_of, step_states
from hiring.approvals.queries import chain_of, hindered_in, stands_in_for
from hiring.postings.forms import EmptyForm
from hiring.postings.labels import SALARY_PERIODS
from hiring.requisitions import actions, approving, labels, policy
from hiring.requisitions.forms import ReasonForm, RequisitionForm
from hiring.requisitions.models import OpeningState, Requisition, RequisitionState
from hiring.requisitions.queries import get_opening, get_requisition, posting_of, requisitions_page, writers_of

bp = Blueprint("requisitions", __name__, url_prefix="/requisitions")


def _choices() -> dict[str, Sequence[Any]]:
    return {
        "job_role": job_roles(),
        "department": departments(),
        "location": locations(),
        "hiring_manager": people_with_right(Right.APPROVE_POSTINGS),
    }


@bp.get("")
@access(Right.SEE_POSTINGS)
def index() -> ResponseReturnValue:
    """The requisitions this person may see."""
    asked = request.args.get("state", "")
    state = RequisitionState(asked) if asked in set(RequisitionState) else None
    found = requisitions_page(g.person, number=wanted_page(), state=state)
    return page(
        "hiring/requisitions/index.html",
        requisitions=found,
        state=state,
        labels=labels,
        opening_states=OpeningState,
        may_write=policy.can_write(g.person),
    )


@bp.route("/new", methods=["GET", "POST"])
@access(Right.WRITE_REQUISITIONS)
def new() -> ResponseReturnValue:
    """Ask for people."""
    form, choices, company = RequisitionForm(), _choices(), find_company()
    if not form.is_submitted() and company is not None:
        form.language.data, form.currency.data = company.locale, company.currency
    form.offer(choices)
    if form.validate_on_submit():
        try:
            requisition = actions.write_requisition(form.wish(choices, set()), by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("The requisition is kept as a draft. Now ask for its approval."), "success")
            return redirect(url_for(".show", requisition_id=requisition.public_id))
    return page("hiring/requisitions/edit.html", form=form, requisition=None)


@bp.get("/<uuid:requisition_id>")
@access(Right.SEE_POSTINGS)
def show(requisition_id: UUID) -> ResponseReturnValue:
    """One requisition: what is asked for, its openings, and where its approval stands."""
    return _shown(get_requisition(requisition_id, viewer=g.person))


def _shown(requisition: Requisition, *, form: EmptyForm | None = None, no: ReasonForm | None = None) -> ResponseReturnValue:
    chain = chain_of(ApprovalKind.REQUISITION, requisition.public_id)
    seat = None if chain is None else seat_of(chain, g.person, stands_in_for=stands_in_for(g.person, on=today(g.person.time_zone)))
    return page(
        "hiring/requisitions/show.html",
        form=form or no,
        no=no or ReasonForm(formdata=None),
        requisition=requisition,
        posting=posting_of(requisition),
        out_of_band=approving.is_out_of_band(requisition),
        chain=chain,
        step_states=[] if chain is None else step_states(chain),
        approval_words=STEP_STATES,
        hindered=hindered_in(chain),
        hindrances=HINDRANCES,
        may_name=may_name(g.person, requisition),
        may_decide=seat is not None and g.person.id not in writers_of(requisition),
        labels=labels,
        periods=SALARY_PERIODS,
        states=RequisitionState,
        opening_states=OpeningState,
        policy=policy,
    )


@bp.route("/<uuid:requisition_id>/edit", methods=["GET", "POST"])
@access(Right.WRITE_REQUISITIONS)
def edit(requisition_id: UUID) -> ResponseReturnValue:
    """Change a requisition."""
    requisition, choices = get_requisition(requisition_id, viewer=g.person), _choices()
    form, status = RequisitionForm(data=_written(requisition)), None
    form.offer(choices)
    if form.validate_on_submit():
        known = {opening.public_id for opening in requisition.openings_in(OpeningState.OPEN)}
        try:
            actions.change_requisition(requisition, form.wish(choices, known), by=g.person, version=form.seen_version)
        except Invalid as refusal:
            form.refuse(refusal)
        except Conflict as refusal:
            form.refuse(refusal)
            status = 409
        else:
            flash(_("The requisition is kept."), "success")
            return redirect(url_for(".show", requisition_id=requisition_id))
    return page("hiring/requisitions/edit.html", form=form, requisition=requisition, states=RequisitionState, status=status)


def _step(requisition_id: UUID, action: Callable[..., Any], done: Any) -> ResponseReturnValue:
    requisition, form = get_requisition(requisition_id, viewer=g.person), EmptyForm()
    if form.validate_on_submit():
        try:
            action(requisition, by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
            return _shown(requisition, form=form)
        flash(done, "success")
    return redirect(url_for(".show", requisition_id=requisition_id))


def _with_reason(requisition_id: UUID, action: Callable[..., Any], done: Any) -> ResponseReturnValue:
    requisition, form = get_requisition(requisition_id, viewer=g.person), ReasonForm()
    if form.validate_on_submit():
        try:
            action(requisition, reason=form.reason.data or "", by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(done, "success")
            return redirect(url_for(".show", requisition_id=requisition_id))
    return _shown(requisition, no=form)


@bp.post("/<uuid:requisition_id>/submit")
@access(Right.WRITE_REQUISITIONS)
def submit(requisition_id: UUID) -> ResponseReturnValue:
    """Ask for approval."""
    return _step(requisition_id, approving.ask_for_approval, _("Those whose turn it is have been asked by mail."))


@bp.post("/<uuid:requisition_id>/approve")
@access(Right.APPROVE_POSTINGS)
def approve(requisition_id: UUID) -> ResponseReturnValue:
    """Say yes."""

    def say_yes(requisition: Requisition, *, by: Any) -> None:
        approving.decide_requisition(requisition, approve=True, by=by)

    return _step(requisition_id, say_yes, _("Your approval is kept."))


@bp.post("/<uuid:requisition_id>/send-back")
@access(Right.APPROVE_POSTINGS)
def send_back(requisition_id: UUID) -> ResponseReturnValue:
    """Say no, and why."""

    def say_no(requisition: Requisition, *, reason: str, by: Any) -> None:
        approving.decide_requisition(requisition, approve=False, reason=reason, by=by)

    return _with_reason(requisition_id, say_no, _("Your answer is kept."))


@bp.post("/<uuid:requisition_id>/take-back")
@access(Right.WRITE_REQUISITIONS)
def take_back(requisition_id: UUID) -> ResponseReturnValue:
    """Back to draft while others are deciding."""
    return _step(requisition_id, approving.take_back, _("It is a draft again."))


@bp.post("/<uuid:requisition_id>/cancel")
@access(Right.WRITE_REQUISITIONS)
def cancel(requisition_id: UUID) -> ResponseReturnValue:
    """Give the requisition up."""
    return _with_reason(requisition_id, actions.cancel_requisition, _("The requisition is cancelled."))


@bp.post("/<uuid:requisition_id>/hold")
@access(Right.WRITE_REQUISITIONS)
def hold_back(requisition_id: UUID) -> ResponseReturnValue:
    """Put the requisition on hold."""
    return _with_reason(requisition_id, actions.hold_back, _("The requisition is on hold."))


@bp.post("/<uuid:requisition_id>/resume")
@access(Right.WRITE_REQUISITIONS)
def resume(requisition_id: UUID) -> ResponseReturnValue:
    """Take the requisition up again."""
    return _step(requisition_id, actions.resume, _("The search goes on. Open the posting again when you are ready."))


@bp.post("/<uuid:requisition_id>/openings/<uuid:opening_id>/cancel")
@access(Right.WRITE_REQUISITIONS)
def cancel_opening(requisition_id: UUID, opening_id: UUID) -> ResponseReturnValue:
    """Give one opening up."""

    def give_up(requisition: Requisition, *, by: Any) -> None:
        actions.cancel_opening(get_opening(requisition, opening_id), requisition, reason="", by=by)

    return _step(requisition_id, give_up, _("The opening is cancelled."))


@bp.post("/<uuid:requisition_id>/posting")
@access(Right.WRITE_POSTINGS)
def make_posting(requisition_id: UUID) -> ResponseReturnValue:
    """Make the posting of an approved requisition."""
    posting = approving.make_posting(get_requisition(requisition_id, viewer=g.person), by=g.person)
    flash(_("The draft has the requisition's pay and openings, and what the role's profile says."), "success")
    return redirect(url_for("postings.edit", posting_id=posting.public_id))


def _written(requisition: Requisition) -> dict[str, Any]:
    names = "version title reason justification salary_from salary_to currency salary_period budget language"
    values: dict[str, Any] = {name: getattr(requisition, name) for name in names.split()}
    for name in ("job_role", "department", "location", "hiring_manager"):
        values[name] = str(getattr(requisition, name).public_id)
    rows = requisition.openings_in(OpeningState.OPEN)
    return {**values, "openings": [{"key": str(row.public_id), "starts_on": row.starts_on} for row in rows]}
