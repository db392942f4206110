"""Pages of appeals: making one, and deciding."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from core.clock import now
from core.errors import NotAllowed, Refusal
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from training.appeals import actions, labels, policy, queries
from training.appeals.forms import AppealForm, DecideForm
from training.exams.labels import points
from training.exams.models import Attempt
from training.exams.queries import drawn_items, get_attempt, question_paper, responses_of
from training.exams.results import result_lines
from training.exams.showing import EVERYTHING
from training.marking.policy import amends
from training.marking.results import hand_results
from training.regrading import labels as words
from training.regrading.corrections import corrections_of
from training.regrading.policy import can_correct

bp = Blueprint("appeals", __name__, url_prefix="/exam-appeals")


@bp.route("")
@access(Right.WRITE_COURSES)
def appeals() -> ResponseReturnValue:
    """Appeals, those to decide first."""
    return page("training/appeals/appeals.html", appeals=queries.appeals_page(number=wanted_page()), labels=labels)


@bp.route("/attempts/<uuid:attempt_id>/new", methods=["GET", "POST"])
@access(Right.WORK)
def new(attempt_id: UUID) -> ResponseReturnValue:
    """Appeal about an exam of one's own."""
    attempt = get_attempt(attempt_id, viewer=g.person)
    if not policy.may_appeal(g.person, attempt, since=actions.settled_at(attempt), at=now()):
        raise NotAllowed(_("An appeal is made by who sat the exam, within 30 days of its result. Speak to compliance."))
    form = _prepared(attempt)
    if form.validate_on_submit():
        item = next((one for one in drawn_items(attempt) if str(one.public_id) == form.item.data), None)
        try:
            actions.file_appeal(attempt, item, text=form.text.data or "", by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("Your appeal is made. The answer comes by mail and stands with your result."), "success")
            return redirect(url_for("exams.result", attempt_id=attempt_id))
    return page("training/appeals/new.html", form=form, attempt=attempt)


def _prepared(attempt: Attempt) -> AppealForm:
    form = AppealForm()
    asked = [(str(one.id), f"{one.position}. {one.words[:80]}") for one in question_paper(attempt)]
    form.item.choices = [SelectChoice("", _("The exam as a whole")), *(SelectChoice(key, text) for key, text in asked)]
    return form


@bp.route("/<uuid:appeal_id>", methods=["GET", "POST"])
@access(Right.WRITE_COURSES)
def show(appeal_id: UUID) -> ResponseReturnValue:
    """One appeal with the answers it is about, and the decision."""
    appeal = queries.get_appeal(appeal_id)
    form = DecideForm()
    if form.validate_on_submit():
        try:
            actions.decide_appeal(
                appeal, upheld=form.upheld.data == "yes", answer=form.answer.data or "", grants_attempt=bool(form.grants_attempt.data), by=g.person
            )
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.refuse(refusal)
        else:
            flash(_("The appeal is decided, and the person is told."), "success")
            return redirect(url_for(".show", appeal_id=appeal_id))
    attempt = appeal.attempt
    lines = result_lines(attempt, drawn_items(attempt), responses_of(attempt), held=corrections_of(attempt.version_id), shows=EVERYTHING)
    return page(
        "training/appeals/appeal.html",
        form=form,
        appeal=appeal,
        by_hand=hand_results(attempt),
        may_amend=amends(g.person),
        lines=[line for line in lines if appeal.item is None or line.item_id == appeal.item.id],
        may_decide=policy.can_decide(g.person, appeal, learner_id=attempt.person_id),
        may_correct=can_correct(g.person, attempt.course_version),
        labels=labels,
        words=words,
        points=points,
    )


@bp.route("/<uuid:appeal_id>/withdraw", methods=["POST"])
@access(Right.WORK)
def withdraw(appeal_id: UUID) -> ResponseReturnValue:
    """Take one's own appeal back."""
    appeal = queries.get_own_appeal(appeal_id, viewer=g.person)
    actions.withdraw_appeal(appeal, by=g.person)
    flash(_("Your appeal is taken back."), "success")
    return redirect(url_for("exams.result", attempt_id=appeal.attempt.public_id))
