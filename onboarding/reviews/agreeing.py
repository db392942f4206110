"""What both agree on in the meeting: successes, improvements, things to do, the job, and how it goes on."""

from dataclasses import dataclass
from datetime import date

from core.audit.record import record
from core.clock import now, today
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.actions import one_line
from core.people.models import Person
from core.people.queries import people_with_right
from core.people.rights import Right
from core.web.i18n import _
from onboarding.circle import circle_of
from onboarding.moments import Moment
from onboarding.reviews import policy
from onboarding.reviews.mails import review_to_consent, review_to_sign
from onboarding.reviews.models import Outcome, Review, ReviewAction, ReviewState
from onboarding.reviews.queries import find_later, get_action, hold_review
from onboarding.reviews.steps import take_step

MOST_ACTIONS = 20


@dataclass(frozen=True)
class Agreement:
    """What was agreed on."""

    successes: str
    improvements: str
    job_description: str
    outcome: Outcome | None
    extended_to: date | None = None
    end_reason: str = ""


def keep_agreement(review: Review, agreement: Agreement, *, by: Person, version: int | None = None) -> None:
    """Keep what the manager writes down in the meeting; both read it."""
    _insist_on_manager(review, by)
    if version is not None and review.version != version:
        raise Conflict(_("This review was changed in another window. What you typed is still here: compare, then save again."))
    review.successes, review.improvements, review.job_description = agreement.successes, agreement.improvements, agreement.job_description
    _decide(review, agreement)
    session.flush()


def put_forward(review: Review, agreement: Agreement, *, by: Person, version: int | None = None) -> None:
    """Fix what was agreed on, so that both can sign it. An end waits for human resources' consent first."""
    keep_agreement(review, agreement, by=by, version=version)
    for field, text, sentence in (
        ("successes", review.successes, _("Write down what you agreed went well.")),
        ("improvements", review.improvements, _("Write down what you agreed to improve.")),
        ("job_description", review.job_description, _("Write down the job as it is now.")),
    ):
        if not text.strip():
            raise Invalid(sentence, field=field)
    if review.outcome is None:
        raise Invalid(_("Choose how it goes on."), field="outcome")
    if review.outcome is Outcome.CONTINUE and (review.moment is Moment.PROBATION or find_later(review) is None):
        raise Invalid(_("This is the last review: confirm, extend the probation, or end the employment."), field="outcome")
    review.objection, review.agreed_at, review.agreed_by_id = "", now(), by.id
    review.consented_at = review.consented_by_id = None
    take_step(review, "agreed", by=by, to=ReviewState.AGREED, changes={"outcome": review.outcome.value, "actions": len(review.actions)})
    if review.outcome is Outcome.END:
        for person in people_with_right(Right.RUN_ONBOARDING):
            if person.id not in (by.id, review.person_id):
                review_to_consent(review, to=person)
    else:
        review_to_sign(review, to=review.person)


def ask_for_change(review: Review, *, objection: str, by: Person) -> None:
    """Send what was put forward back with what should be different; signatures given so far no longer count."""
    hold_review(review)
    if not policy.can_object(review, circle_of(review.checklist, viewer=by)):
        raise WrongState(_("This review has changed meanwhile. Reload the page to see where it stands."))
    objection = objection.strip()[:2000]
    if not objection:
        raise Invalid(_("Say what should be different."), field="objection")
    review.objection = objection
    for signature in list(review.signatures):
        session.delete(signature)
    review.signatures.clear()
    take_step(review, "reopened", by=by, to=ReviewState.ASSESSED)


def consent_to_end(review: Review, *, by: Person) -> None:
    """Human resources consents to an end; nobody to their own proposal."""
    hold_review(review)
    circle = circle_of(review.checklist, viewer=by)
    if not policy.can_consent(by, review, circle):
        raise NotAllowed(_("Only human resources consents to an end, and neither the new hire nor the manager who proposes it."))
    review.consented_at, review.consented_by = now(), by
    take_step(review, "consented", by=by)
    review_to_sign(review, to=review.person)


def agree_on_action(review: Review, *, text: str, owner: Person | None, due_on: date, by: Person) -> ReviewAction:
    """Write down something to do, with who does it and by when."""
    _insist_on_manager(review, by)
    text = one_line(text)[:500]
    if not text:
        raise Invalid(_("Say what is to be done."), field="text")
    if owner is None:
        raise Invalid(_("Choose who does it."), field="owner")
    if due_on < today(by.time_zone):
        raise Invalid(_("This day is past. Choose a later one."), field="due_on")
    if len(review.actions) >= MOST_ACTIONS:
        raise Invalid(_("A review agrees on at most %(most)d things to do. Fewer get done.", most=MOST_ACTIONS), field="text")
    action = ReviewAction(review_id=review.id, text=text, owner=owner, due_on=due_on)
    review.actions.append(action)
    session.flush()
    record("onboarding.review_action.agreed", action, by=by, person=review.person, changes={"owner": owner.id, "due_on": due_on.isoformat()})
    return action


def withdraw_action(action: ReviewAction, *, by: Person) -> None:
    """Take something to do out of a review that is not put forward yet."""
    review = action.review
    _insist_on_manager(review, by)
    record("onboarding.review_action.withdrawn", action, by=by, person=review.person)
    session.delete(action)
    session.flush()


def finish_action(action: ReviewAction, *, by: Person) -> None:
    """Say that something agreed on is done. Doing it twice changes nothing."""
    action, circle = get_action(action.public_id, viewer=by)
    if not policy.can_finish(by, action, circle):
        raise NotAllowed(_("Who does it, or the manager, says that it is done, once the review is signed."))
    if action.done_at is None:
        action.done_at, action.done_by_id = now(), by.id
        session.flush()
        record("onboarding.review_action.done", action, by=by, person=action.review.person)


def reopen_action(action: ReviewAction, *, by: Person) -> None:
    """Take back that something is done."""
    action, circle = get_action(action.public_id, viewer=by)
    if not policy.can_finish(by, action, circle):
        raise NotAllowed(_("Who does it, or the manager, says that it is done, once the review is signed."))
    if action.done_at is not None:
        action.done_at = action.done_by_id = None
        session.flush()
        record("onboarding.review_action.reopened", action, by=by, person=action.review.person)


def _decide(review: Review, agreement: Agreement) -> None:
    outcome = agreement.outcome
    if outcome is Outcome.EXTEND and (agreement.extended_to is None or agreement.extended_to <= max(review.due_on, now().date())):
        raise Invalid(_("Choose the new last day of the probation, after today and after this review's day."), field="extended_to")
    if outcome is Outcome.END and not agreement.end_reason.strip():
        raise Invalid(_("Say why the employment should end. Human resources reads it before they consent."), field="end_reason")
    review.outcome = outcome
    review.extended_to = agreement.extended_to if outcome is Outcome.EXTEND else None
    review.end_reason = agreement.end_reason.strip() if outcome is Outcome.END else ""


def _insist_on_manager(review: Review, by: Person) -> None:
    hold_review(review)
    circle = circle_of(review.checklist, viewer=by)
    if not circle.leads:
        raise NotAllowed(_("The manager writes down what you agree on; you read it and sign."))
    if not policy.can_agree(review, circle):
        raise WrongState(_("This can be written once both assessments are sent, until it is put forward to be signed."))
