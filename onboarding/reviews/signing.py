"""Signing a review: both type their names, then it is sealed, the job description kept and what it decided carried out."""

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.people.actions import one_line
from core.people.models import JobRole, Person
from core.web.i18n import _
from onboarding.circle import Circle, circle_of, leading
from onboarding.moments import Moment
from onboarding.reviews import policy
from onboarding.reviews.deriving import add_review, cancel_review
from onboarding.reviews.due import business_day_before
from onboarding.reviews.mails import review_to_sign
from onboarding.reviews.models import JobDescription, Outcome, Review, ReviewSignature, ReviewState, Side
from onboarding.reviews.queries import descriptions_of, find_description_of, hold_review, rounds_of, unfinished_after
from onboarding.reviews.sealing import seal_review
from onboarding.reviews.steps import take_step


def sign_review(review: Review, *, typed_name: str, read: str, by: Person) -> None:
    """Sign what was put forward. With the second signature the review is sealed. Raises WrongState when it is not what was `read`."""
    hold_review(review)
    circle = circle_of(review.checklist, viewer=by)
    side = policy.side_of(circle)
    if side is None:
        raise NotAllowed(_("The new hire and the manager sign a review."))
    if review.signature_of(side) is not None and review.state in (ReviewState.AGREED, ReviewState.SIGNED):
        return
    if review.waits_for_consent:
        raise WrongState(_("Human resources has not consented yet. It can be signed after that."))
    if not policy.can_sign(review, circle):
        raise WrongState(_("This review has changed meanwhile. Reload the page to see where it stands."))
    if review.agreed_mark != read:
        raise WrongState(_("What was put forward has changed while you were reading. Please read it, then sign."))
    if one_line(typed_name).casefold() != one_line(by.name).casefold():
        raise Invalid(_("Type your name as it is written here: %(name)s.", name=by.name), field="typed_name")
    review.signatures.append(ReviewSignature(review_id=review.id, side=side, person_id=by.id, typed_name=one_line(typed_name)))
    session.flush()
    take_step(review, "signed_by_one", by=by, changes={"side": side.value})
    if len(review.signatures) == len(Side):
        _finish(review, circle, by=by)
    elif side is Side.PERSON:
        for person in leading(circle):
            review_to_sign(review, to=person)


def close_unsigned(review: Review, *, reason: str, by: Person) -> None:
    """Close a review that the new hire does not sign; the paper says so, and why."""
    hold_review(review)
    circle = circle_of(review.checklist, viewer=by)
    if not policy.can_close_unsigned(review, circle):
        raise NotAllowed(_("Human resources closes a review without the new hire's signature, once the manager has signed."))
    if not reason.strip():
        raise Invalid(_("Say why in a sentence."), field="reason")
    review.unsigned_reason = reason.strip()[:1000]
    _finish(review, circle, by=by)


def _finish(review: Review, circle: Circle, *, by: Person) -> None:
    review.finished_at = now()
    take_step(review, "signed", by=by, to=ReviewState.SIGNED, changes={"outcome": review.outcome.value if review.outcome else ""})
    _keep_description(review, circle, by=by)
    review.document = seal_review(review, circle, by=by)
    _carry_out(review, by=by)
    session.flush()


def _keep_description(review: Review, circle: Circle, *, by: Person) -> None:
    """The job as agreed, as the next version, unless it says what the last one says."""
    last = next(iter(descriptions_of(circle.person)), None)
    if circle.employment is None or (last is not None and last.text == review.job_description):
        return
    role = session.get_one(JobRole, circle.employment.job_role_id)
    kept = JobDescription(
        person_id=circle.person.id,
        number=1 if last is None else last.number + 1,
        job_role_id=role.id,
        role_duties=role.duties,
        text=review.job_description,
        review_id=review.id,
    )
    session.add(kept)
    session.flush()
    record("onboarding.job_description.written", kept, by=by, person=circle.person, changes={"number": kept.number, "role": role.id})


def _carry_out(review: Review, *, by: Person) -> None:
    """An extended probation ends with another review; after an end no other review is held, after a confirmation none about the probation."""
    if review.outcome is Outcome.EXTEND and review.extended_to is not None:
        day = business_day_before(review.extended_to, None)
        number = rounds_of(review.checklist_id, Moment.PROBATION) + 1
        add_review(review.checklist, Moment.PROBATION, due_on=day, number=max(2, number), by=by)
    if review.outcome in (Outcome.END, Outcome.CONFIRM):
        for other in unfinished_after(review):
            if review.outcome is Outcome.END or other.moment is Moment.PROBATION:
                cancel_review(other, by=by)


def proposed_description(review: Review, circle: Circle) -> str:
    """What the job description of a review begins with: what is written, the last version, or the role's duties."""
    if review.job_description:
        return review.job_description
    return find_description_of(circle.person) or (circle.employment.job_role.duties if circle.employment else "")
