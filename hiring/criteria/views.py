"""Pages on which the criteria and questions of a posting are agreed."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.errors import Invalid
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from hiring.criteria import actions
from hiring.criteria.forms import CriterionForm, KnockOutForm, QuestionForm, knock_out_form, question_form
from hiring.criteria.queries import get_criterion, get_question
from hiring.postings import labels, policy
from hiring.postings.forms import EmptyForm
from hiring.postings.models import CriterionKind, Posting
from hiring.postings.queries import get_posting

bp = Blueprint("criteria", __name__, url_prefix="/postings/<uuid:posting_id>")


def _criterion(form: CriterionForm) -> dict[str, Any]:
    return {
        "kind": CriterionKind(form.kind.data),
        "text": form.text.data or "",
        "must_have": form.must_have.data,
        "weight": form.weight.data,
        "evidence": form.evidence.data or "",
    }


def _overview(posting: Posting, *, refused: CriterionForm | QuestionForm | KnockOutForm | None = None) -> ResponseReturnValue:
    asked = isinstance(refused, QuestionForm)
    return page(
        "hiring/postings/criteria.html",
        form=refused,
        criterion_form=refused if isinstance(refused, CriterionForm) else CriterionForm(formdata=None, prefix="criterion"),
        question_form=refused if asked else QuestionForm(formdata=None, prefix="question"),
        rule_form=refused if isinstance(refused, KnockOutForm) else knock_out_form(posting),
        remove_form=EmptyForm(formdata=None),
        posting=posting,
        labels=labels,
        may_edit=policy.can_edit(g.person, posting),
        may_soften=policy.can_reword(g.person, posting) and posting.declines_knock_outs,
    )


@bp.get("/criteria")
@access(Right.SEE_POSTINGS)
def index(posting_id: UUID) -> ResponseReturnValue:
    """What candidates are compared by and asked."""
    return _overview(get_posting(posting_id, viewer=g.person))


@bp.post("/criteria")
@access(Right.WRITE_POSTINGS)
def add_criterion(posting_id: UUID) -> ResponseReturnValue:
    """Add a criterion."""
    posting, form = get_posting(posting_id, viewer=g.person), CriterionForm(prefix="criterion")
    if form.validate_on_submit():
        try:
            actions.add_criterion(posting, **_criterion(form), by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("The criterion was added."), "success")
            return redirect(url_for(".index", posting_id=posting_id, _anchor="criteria"))
    return _overview(posting, refused=form)


@bp.post("/questions")
@access(Right.WRITE_POSTINGS)
def add_question(posting_id: UUID) -> ResponseReturnValue:
    """Add a question."""
    posting, form = get_posting(posting_id, viewer=g.person), QuestionForm(prefix="question")
    if form.validate_on_submit():
        try:
            actions.add_question(posting, **form.asked(), by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("The question was added."), "success")
            return redirect(url_for(".index", posting_id=posting_id, _anchor="questions"))
    return _overview(posting, refused=form)


@bp.post("/knock-outs")
@access(Right.WRITE_POSTINGS)
def follow_knock_outs(posting_id: UUID) -> ResponseReturnValue:
    """Say what follows a knock-out answer."""
    posting = get_posting(posting_id, viewer=g.person)
    form = knock_out_form(posting)
    if form.validate_on_submit():
        try:
            actions.follow_knock_outs(posting, declines=form.declines.data, days=form.days.data, by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("The rule is kept."), "success")
            return redirect(url_for(".index", posting_id=posting_id, _anchor="knock-outs"))
    return _overview(posting, refused=form)


@bp.route("/criteria/<uuid:criterion_id>/edit", methods=["GET", "POST"])
@access(Right.WRITE_POSTINGS)
def edit_criterion(posting_id: UUID, criterion_id: UUID) -> ResponseReturnValue:
    """Change a criterion."""
    posting = get_posting(posting_id, viewer=g.person)
    criterion = get_criterion(posting, criterion_id)
    form = CriterionForm(obj=criterion)
    if form.validate_on_submit():
        try:
            actions.change_criterion(criterion, posting, **_criterion(form), by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for(".index", posting_id=posting_id, _anchor="criteria"))
    return page("hiring/postings/criterion.html", form=form, posting=posting, title=_("Change criterion"))


@bp.route("/questions/<uuid:question_id>/edit", methods=["GET", "POST"])
@access(Right.WRITE_POSTINGS)
def edit_question(posting_id: UUID, question_id: UUID) -> ResponseReturnValue:
    """Change a question."""
    posting = get_posting(posting_id, viewer=g.person)
    question = get_question(posting, question_id)
    form = question_form(question)
    if form.validate_on_submit():
        try:
            actions.change_question(question, posting, **form.asked(), by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for(".index", posting_id=posting_id, _anchor="questions"))
    return page("hiring/postings/question.html", form=form, posting=posting)


@bp.post("/criteria/<uuid:criterion_id>/remove")
@access(Right.WRITE_POSTINGS)
def remove_criterion(posting_id: UUID, criterion_id: UUID) -> ResponseReturnValue:
    """Take a criterion out."""
    posting = get_posting(posting_id, viewer=g.person)
    actions.remove_criterion(get_criterion(posting, criterion_id), posting, by=g.person)
    flash(_("The criterion was removed."), "success")
    return redirect(url_for(".index", posting_id=posting_id, _anchor="criteria"))


@bp.post("/questions/<uuid:question_id>/remove")
@access(Right.WRITE_POSTINGS)
def remove_question(posting_id: UUID, question_id: UUID) -> ResponseReturnValue:
    """Take a question out."""
    posting = get_posting(posting_id, viewer=g.person)
    actions.remove_question(get_question(posting, question_id), posting, by=g.person)
    flash(_("The question was removed."), "success")
    return redirect(url_for(".index", posting_id=posting_id, _anchor="questions"))
