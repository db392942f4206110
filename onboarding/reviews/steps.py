"""One step of a review: its state, the line of its history and the trail, which never part. None of them holds what was written."""

from typing import Any

from core.audit.record import record
from core.db import session
from core.people.models import Person
from core.web.i18n import _
from onboarding.reviews.models import WORKFLOW, Review, ReviewMove, ReviewState, ReviewStep


def take_step(review: Review, name: str, *, by: Person | None, to: ReviewState | None = None, changes: dict[str, Any] | None = None) -> None:
    """Write down the step, and move the review to its new state if it has one."""
    said: dict[str, Any] = {"moment": review.moment.value, **(changes or {})}
    if to is not None:
        WORKFLOW.insist(review.state, to, sentence=_("This review has changed meanwhile. Reload the page to see where it stands."))
        said["state"] = [review.state.value, to.value]
        review.state = to
    session.add(ReviewMove(review_id=review.id, step=ReviewStep(name), by_id=None if by is None else by.id))
    session.flush()
    record(f"onboarding.review.{name}", review, by=by, person=review.person, changes=said)
