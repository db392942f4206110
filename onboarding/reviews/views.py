"""Pages of reviews: what stands in one, signing it, and what happens around that."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import Invalid, NotFound
from core.files.sending import send_stored_file
from core.people.models import EmploymentType
from core.people.rights import Right
from core.web.access import access
from core.web.forms import Form
from core.web.i18n import _
from core.web.pages import page
from onboarding.circle import Circle
from onboarding.reviews import agreeing, policy, queries, signing
from onboarding.reviews.deriving import set_probation
from onboarding.reviews.due import AHEAD
from onboarding.reviews.forms import ObjectionForm, ReasonForm, SignForm, probation_form
from onboarding.reviews.models import Review, ReviewAction
from onboarding.reviews.starts import probations

bp = Blueprint("reviews", __name__, url_prefix="/reviews")


@bp.route("/<uuid:review_id>")
@access(Right.WORK)
def show(review_id: UUID) -> ResponseReturnValue:
    """One review: who has sent what, the meeting, what was agreed on, the signatures."""
    return _show(*queries.get_review(review_id, viewer=g.person))


@bp.route("/<uuid:review_id>/sign", methods=["POST"])
@access(Right.WORK)
def sign(review_id: UUID) -> ResponseReturnValue:
    """Sign with one's typed name."""
    review, circle = queries.get_review(review_id, viewer=g.person)
    form = SignForm()

    def act() -> None:
        signing.sign_review(review, typed_name=form.typed_name.data, read=form.read.data or "", by=g.person)

    return _act(review, circle, form, act, _("Signed."))


@bp.route("/<uuid:review_id>/object", methods=["POST"])
@access(Right.WORK)
def ask_for_change(review_id: UUID) -> ResponseReturnValue:
    """Ask for a change instead of signing."""
    review, circle = queries.get_review(review_id, viewer=g.person)
    form = ObjectionForm()
    thanks = _("Sent back. The manager reads what should be different.")
    return _act(review, circle, form, lambda: agreeing.ask_for_change(review, objection=form.objection.data, by=g.person), thanks)


@bp.route("/<uuid:review_id>/consent", methods=["POST"])
@access(Right.RUN_ONBOARDING)
def consent(review_id: UUID) -> ResponseReturnValue:
    """Consent to an end."""
    review, _circle = queries.get_review(review_id, viewer=g.person)
    agreeing.consent_to_end(review, by=g.person)
    flash(_("Consent given. Both can sign now."), "success")
    return redirect(url_for(".show", review_id=review_id))


@bp.route("/<uuid:review_id>/close", methods=["POST"])
@access(Right.RUN_ONBOARDING)
def close_unsigned(review_id: UUID) -> ResponseReturnValue:
    """Close a review the new hire does not sign."""
    review, circle = queries.get_review(review_id, viewer=g.person)
    form = ReasonForm()
    return _act(review, circle, form, lambda: signing.close_unsigned(review, reason=form.reason.data, by=g.person), _("Closed without a signature."))


@bp.route("/<uuid:review_id>/document")
@access(Right.WORK)
def document(review_id: UUID) -> ResponseReturnValue:
    """The sealed paper."""
    review, circle = queries.get_review(review_id, viewer=g.person)
    if review.document is None or not policy.can_read_paper(review, circle):
        raise NotFound
    return send_stored_file(queries.file_of(review.document))


@bp.route("/actions/<uuid:action_id>")
@access(Right.WORK)
def show_action(action_id: UUID) -> ResponseReturnValue:
    """Something agreed on, also for who does it and does not read the review."""
    action, circle = queries.get_action(action_id, viewer=g.person)
    can_finish = policy.can_finish(g.person, action, circle)
    return page("onboarding/reviews/action.html", action=action, circle=circle, can_finish=can_finish)


@bp.route("/actions/<uuid:action_id>/finish", methods=["POST"])
@access(Right.WORK)
def finish_action(action_id: UUID) -> ResponseReturnValue:
    """Something agreed on is done."""
    action, circle = queries.get_action(action_id, viewer=g.person)
    agreeing.finish_action(action, by=g.person)
    return _after(action, circle)


@bp.route("/actions/<uuid:action_id>/reopen", methods=["POST"])
@access(Right.WORK)
def reopen_action(action_id: UUID) -> ResponseReturnValue:
    """It is not done after all."""
    action, circle = queries.get_action(action_id, viewer=g.person)
    agreeing.reopen_action(action, by=g.person)
    return _after(action, circle)


def _after(action: ReviewAction, circle: Circle | None) -> ResponseReturnValue:
    if circle is None:
        return redirect(url_for(".show_action", action_id=action.public_id))
    return redirect(url_for(".show", review_id=action.review.public_id))


@bp.route("/probation", methods=["GET", "POST"])
@access(Right.RUN_ONBOARDING)
def probation() -> ResponseReturnValue:
    """How long probation lasts, by kind of contract."""
    form = probation_form(probations())
    if form.validate_on_submit():
        for kind in EmploymentType:
            set_probation(kind, days=form[kind.value].data, by=g.person)
        flash(_("Saved. Onboardings under way get or lose a review overnight."), "success")
        return redirect(url_for(".probation"))
    return page("onboarding/reviews/probation.html", form=form, kinds=list(EmploymentType))


def _act(review: Review, circle: Circle, form: Form, act: Callable[[], Any], thanks: str) -> ResponseReturnValue:
    if not form.validate_on_submit():
        return _show(review, circle, form)
    try:
        act()
    except Invalid as refusal:
        form.refuse(refusal)
        return _show(review, circle, form)
    flash(thanks, "success")
    return redirect(url_for(".show", review_id=review.public_id))


def _show(review: Review, circle: Circle, form: Form | None = None) -> ResponseReturnValue:
    day = today(g.person.time_zone)
    known: dict[type[Form], Any] = {type(form): form} if form is not None else {}
    return page(
        "onboarding/reviews/show.html",
        form=form,
        review=review,
        circle=circle,
        this_day=day,
        opens_on=review.due_on - AHEAD,
        readable=policy.readable(review, circle),
        moves=queries.history_of(review),
        sign_form=known.get(SignForm) or SignForm(formdata=None, read=review.agreed_mark),
        objection_form=known.get(ObjectionForm) or ObjectionForm(formdata=None),
        reason_form=known.get(ReasonForm) or ReasonForm(formdata=None),
        can={
            "assess": policy.can_assess(review, circle, on=day),
            "amend": policy.can_amend(review, circle),
            "meet": policy.can_meet(review, circle),
            "agree": policy.can_agree(review, circle),
            "object": policy.can_object(review, circle),
            "consent": policy.can_consent(g.person, review, circle),
            "sign": policy.can_sign(review, circle),
            "close": policy.can_close_unsigned(review, circle),
            "paper": policy.can_read_paper(review, circle),
        },
        day=day,
    )
