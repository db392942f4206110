"""Mails about reviews. None says what anybody has written."""

from collections.abc import Sequence

from core.mail.outbox import queue_mail
from core.people.models import Person
from core.web.addresses import absolute_url
from onboarding.reviews.labels import MOMENTS
from onboarding.reviews.models import Review


def review_asked(review: Review, *, leading: Sequence[Person]) -> None:
    """Ask both for their assessments."""
    for person in (review.person, *leading):
        context = {
            **_context(person, review),
            "own": person.id == review.person_id,
            "link": absolute_url("assessments.write", review_id=review.public_id),
        }
        queue_mail("review_asked", to=person, context=context, about=review.public_id)


def review_ready(review: Review, *, leading: Sequence[Person]) -> None:
    """Tell both that both assessments are sent and can be read."""
    for person in (review.person, *leading):
        queue_mail("review_ready", to=person, context=_context(person, review), about=review.public_id)


def review_to_sign(review: Review, *, to: Person) -> None:
    """Ask somebody for their signature."""
    queue_mail("review_to_sign", to=to, context=_context(to, review), about=review.public_id)


def review_to_consent(review: Review, *, to: Person) -> None:
    """Ask human resources for their consent to what a review proposes."""
    queue_mail("review_to_consent", to=to, context=_context(to, review), about=review.public_id)


def _context(to: Person, review: Review) -> dict[str, object]:
    return {
        "name": to.name,
        "new_hire": review.person.name,
        "moment": MOMENTS[review.moment],
        "due_on": review.due_on,
        "link": absolute_url("reviews.show", review_id=review.public_id),
    }
