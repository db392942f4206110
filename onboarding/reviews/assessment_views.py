"""The page on which one side writes its assessment: kept while it is typed, sent for good, amended with a reason."""

from uuid import UUID

from flask import Blueprint, flash, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import Invalid, NotFound, Refusal
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from onboarding.circle import Circle
from onboarding.reviews import assessing, policy, queries
from onboarding.reviews.forms import AmendmentForm, AssessmentForm, fields_of
from onboarding.reviews.models import Assessment, Review

bp = Blueprint("assessments", __name__, url_prefix="/reviews/<uuid:review_id>/assessment")


@bp.route("", methods=["GET", "POST"])
@access(Right.WORK)
def write(review_id: UUID) -> ResponseReturnValue:
    """My assessment: kept as a draft, then sent for good."""
    review, circle, own = _mine(review_id)
    form = AssessmentForm(**fields_of(own))
    if form.validate_on_submit():
        sending = request.form.get("step") == "send"
        act = assessing.send_assessment if sending else assessing.keep_assessment
        try:
            act(review, form.words(), by=g.person, version=form.known_version)
        except Refusal as refusal:
            form.refuse(refusal)
            return _page(form, review, circle, status=refusal.status)
        flash(_("Your assessment is sent.") if sending else _("Your draft is kept. Nobody else sees it."), "success")
        return redirect(url_for("reviews.show" if sending else ".write", review_id=review_id))
    if request.method == "GET" and not policy.can_assess(review, circle, on=today(g.person.time_zone)):
        return redirect(url_for("reviews.show", review_id=review_id))
    return _page(form, review, circle)


@bp.post("/draft")
@access(Right.WORK)
def keep(review_id: UUID) -> ResponseReturnValue:
    """Keep what is typed, a moment after each change. Answers with the version that is kept now."""
    review, _circle, _own = _mine(review_id)
    form = AssessmentForm()
    if not form.validate():
        raise Invalid(next(str(errors[0]) for errors in form.errors.values()))
    kept = assessing.keep_assessment(review, form.words(), by=g.person, version=form.known_version)
    answer = make_response("", 204)
    answer.headers["X-Kept-Version"] = str(kept.version)
    return answer


@bp.route("/amend", methods=["GET", "POST"])
@access(Right.WORK)
def amend(review_id: UUID) -> ResponseReturnValue:
    """Change my assessment after it was sent; what it said stays readable."""
    review, circle, own = _mine(review_id)
    form = AmendmentForm(**fields_of(own))
    if form.validate_on_submit():
        try:
            assessing.amend_assessment(review, form.words(), reason=form.reason.data, by=g.person, version=form.known_version)
        except Refusal as refusal:
            form.refuse(refusal)
            return _page(form, review, circle, amending=True, status=refusal.status)
        flash(_("Your assessment is amended. What it said before stays with it."), "success")
        return redirect(url_for("reviews.show", review_id=review_id))
    if request.method == "GET" and not policy.can_amend(review, circle):
        return redirect(url_for("reviews.show", review_id=review_id))
    return _page(form, review, circle, amending=True)


def _mine(review_id: UUID) -> tuple[Review, Circle, Assessment | None]:
    review, circle = queries.get_review(review_id, viewer=g.person)
    side = policy.side_of(circle)
    if side is None:
        raise NotFound
    return review, circle, review.assessment_of(side)


def _page(form: AssessmentForm, review: Review, circle: Circle, *, amending: bool = False, status: int | None = None) -> ResponseReturnValue:
    return page("onboarding/reviews/assessment.html", form=form, review=review, circle=circle, amending=amending, status=status)
