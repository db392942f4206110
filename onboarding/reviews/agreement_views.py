"""The page on which a manager writes down what was agreed on."""

from uuid import UUID

from flask import Blueprint, flash, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import Invalid, NotAllowed, NotFound, Refusal
from core.people.models import Person
from core.people.rights import Right
from core.web.access import access
from core.web.forms import Form
from core.web.i18n import _
from core.web.pages import page
from onboarding.choices import named
from onboarding.circle import Circle
from onboarding.reviews import agreeing, policy, queries
from onboarding.reviews.forms import ActionForm, AgreementForm
from onboarding.reviews.models import Review
from onboarding.reviews.signing import proposed_description

bp = Blueprint("agreements", __name__, url_prefix="/reviews/<uuid:review_id>/agreement")


@bp.route("", methods=["GET", "POST"])
@access(Right.WORK)
def write(review_id: UUID) -> ResponseReturnValue:
    """What we agreed on: kept, then put forward to be signed."""
    review, circle = _agreeing(review_id)
    form = _form(review, circle)
    if form.validate_on_submit():
        forward = request.form.get("step") == "forward"
        act = agreeing.put_forward if forward else agreeing.keep_agreement
        try:
            act(review, form.agreement(), by=g.person, version=form.known_version)
        except Refusal as refusal:
            form.refuse(refusal)
            return _page(review, circle, form, form, status=refusal.status)
        flash(_("Put forward. Both can sign now, or human resources is asked first.") if forward else _("Saved."), "success")
        return redirect(url_for("reviews.show" if forward else ".write", review_id=review_id))
    return _page(review, circle, form, form)


@bp.post("/draft")
@access(Right.WORK)
def keep(review_id: UUID) -> ResponseReturnValue:
    """Keep what is typed, a moment after each change. Answers with the version that is kept now."""
    review, circle = _agreeing(review_id)
    form = _form(review, circle)
    if not form.validate():
        raise Invalid(next(str(errors[0]) for errors in form.errors.values()))
    agreeing.keep_agreement(review, form.agreement(), by=g.person, version=form.known_version)
    answer = make_response("", 204)
    answer.headers["X-Kept-Version"] = str(review.version)
    return answer


@bp.route("/actions", methods=["POST"])
@access(Right.WORK)
def add_action(review_id: UUID) -> ResponseReturnValue:
    """Add something to do."""
    review, circle = _agreeing(review_id)
    people = _owners(circle)
    form = ActionForm()
    form.owner.choices = named(people.values())
    if form.validate_on_submit():
        try:
            agreeing.agree_on_action(review, text=form.text.data, owner=people.get(form.owner.data), due_on=form.due_on.data, by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Added."), "success")
            return redirect(url_for(".write", review_id=review_id, _anchor="actions"))
    return _page(review, circle, form, _form(review, circle, sent=False), action_form=form)


@bp.route("/actions/<uuid:action_id>/withdraw", methods=["POST"])
@access(Right.WORK)
def withdraw_action(review_id: UUID, action_id: UUID) -> ResponseReturnValue:
    """Take something to do out again."""
    action, _circle = queries.get_action(action_id, viewer=g.person)
    if action.review.public_id != review_id:
        raise NotFound
    agreeing.withdraw_action(action, by=g.person)
    return redirect(url_for(".write", review_id=review_id, _anchor="actions"))


def _agreeing(review_id: UUID) -> tuple[Review, Circle]:
    review, circle = queries.get_review(review_id, viewer=g.person)
    if not policy.can_agree(review, circle):
        raise NotAllowed(_("The manager writes this once both assessments are sent, until it is put forward to be signed."))
    return review, circle


def _owners(circle: Circle) -> dict[str, Person]:
    people = [circle.person, circle.manager or g.person, *queries.around(circle.checklist)]
    return {str(person.public_id): person for person in people}


def _form(review: Review, circle: Circle, *, sent: bool = True) -> AgreementForm:
    known = {
        "successes": review.successes,
        "improvements": review.improvements,
        "job_description": proposed_description(review, circle),
        "outcome": review.outcome.value if review.outcome else "",
        "extended_to": review.extended_to,
        "end_reason": review.end_reason,
        "version": str(review.version),
    }
    return AgreementForm(**known) if sent else AgreementForm(formdata=None, **known)


def _page(
    review: Review, circle: Circle, form: Form, agreement_form: AgreementForm, *, action_form: ActionForm | None = None, status: int | None = None
) -> ResponseReturnValue:
    if action_form is None:
        action_form = ActionForm(formdata=None)
        action_form.owner.choices = named(_owners(circle).values())
    return page(
        "onboarding/reviews/agreement.html",
        form=form,
        agreement_form=agreement_form,
        action_form=action_form,
        review=review,
        circle=circle,
        status=status,
    )
