"""Pages of practical assessments: the list, one assessment with its sheets, and what is done in it."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import Refusal
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from training.practicals import actions, labels, policy, queries
from training.practicals.forms import CallOffForm, DecideForm, SheetForm
from training.practicals.models import PracticalAssessment

bp = Blueprint("practicals", __name__, url_prefix="/practical-assessments")


@bp.route("")
@access(Right.WORK)
def assessments() -> ResponseReturnValue:
    """My practical assessments, those in which I assess, and with the right everybody's."""
    found = queries.assessments_page(g.person, number=wanted_page())
    return page("training/practicals/assessments.html", assessments=found, labels=labels, may_write=policy.can_write(g.person))


@bp.route("/<uuid:assessment_id>")
@access(Right.WORK)
def show(assessment_id: UUID) -> ResponseReturnValue:
    """One assessment."""
    return _page(queries.get_assessment(assessment_id, viewer=g.person))


def _page(
    assessment: PracticalAssessment, *, sheet: SheetForm | None = None, decide: DecideForm | None = None, off: CallOffForm | None = None
) -> ResponseReturnValue:
    shown = [one for one in assessment.sheets if one.sent_at is not None and policy.sees_sheet(g.person, assessment, one)]
    return page(
        "training/practicals/assessment.html",
        form=sheet or decide or off,
        assessment=assessment,
        sheets=[(one, {seen.criterion_id: seen for seen in one.observations}) for one in shown],
        sheet=sheet or SheetForm(formdata=None),
        decide=decide or DecideForm(formdata=None, prefix="decide"),
        off=off or CallOffForm(formdata=None, prefix="off"),
        typed=request.form,
        may_fill_in=policy.can_fill_in(g.person, assessment),
        may_decide=policy.can_decide(g.person, assessment),
        may_call_off=policy.can_call_off(g.person, assessment),
        labels=labels,
    )


@bp.route("/<uuid:assessment_id>/sheet", methods=["POST"])
@access(Right.WORK)
def send(assessment_id: UUID) -> ResponseReturnValue:
    """Send what one saw."""
    assessment, form = queries.get_assessment(assessment_id, viewer=g.person), SheetForm()
    seen = {one.id: request.form.get(f"met-{one.public_id}", "") for one in assessment.standard.criteria}
    met = {key: value == "yes" for key, value in seen.items() if value in ("yes", "no")}
    notes = {one.id: request.form.get(f"note-{one.public_id}", "")[:500] for one in assessment.standard.criteria}
    if form.validate_on_submit():
        try:
            actions.send_sheet(assessment, met, notes, comment=form.comment.data or "", by=g.person)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.refuse(refusal)
        else:
            flash(_("What you saw is on record."), "success")
            return redirect(url_for(".show", assessment_id=assessment_id))
    return _page(queries.get_assessment(assessment_id, viewer=g.person), sheet=form)


@bp.route("/<uuid:assessment_id>/decide", methods=["POST"])
@access(Right.WRITE_COURSES)
def decide(assessment_id: UUID) -> ResponseReturnValue:
    """Decide where the assessors differ."""
    assessment, form = queries.get_assessment(assessment_id, viewer=g.person), DecideForm(prefix="decide")
    if form.validate_on_submit():
        actions.decide_differing(assessment, passed=form.passed.data == "yes", reason=form.reason.data or "", by=g.person)
        flash(_("The assessment is decided."), "success")
        return redirect(url_for(".show", assessment_id=assessment_id))
    return _page(assessment, decide=form)


@bp.route("/<uuid:assessment_id>/call-off", methods=["POST"])
@access(Right.WRITE_COURSES)
def call_off(assessment_id: UUID) -> ResponseReturnValue:
    """Call an assessment off."""
    assessment, form = queries.get_assessment(assessment_id, viewer=g.person), CallOffForm(prefix="off")
    if form.validate_on_submit():
        actions.call_off(assessment, reason=form.reason.data or "", by=g.person)
        flash(_("The assessment is called off."), "success")
        return redirect(url_for(".show", assessment_id=assessment_id))
    return _page(assessment, off=form)
