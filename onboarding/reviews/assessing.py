"""Writing an assessment: kept while it is typed, sent for good, amended with a reason."""

from dataclasses import asdict, dataclass

from core.clock import now, today
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.web.i18n import _
from onboarding.circle import circle_of, leading
from onboarding.reviews import policy
from onboarding.reviews.mails import review_ready
from onboarding.reviews.models import Amendment, Assessment, Review, ReviewState, Side
from onboarding.reviews.queries import hold_review
from onboarding.reviews.steps import take_step

NOT_YET_KEPT = 0  # the version of an assessment that nothing was written in


@dataclass(frozen=True)
class Words:
    """What one side says."""

    achievements: str = ""
    difficulties: str = ""
    support: str = ""
    mark: int | None = None


def keep_assessment(review: Review, words: Words, *, by: Person, version: int | None = None) -> Assessment:
    """Keep what was typed so far; nobody else reads it. Raises Conflict when another window has kept something since.

    Whoever is the manager now goes on with what the one before had not sent.
    """
    hold_review(review)
    circle = circle_of(review.checklist, viewer=by)
    side = policy.side_of(circle)
    if side is None:
        raise NotAllowed(_("Only the new hire and their manager write an assessment."))
    own = review.assessment_of(side)
    if own is not None and own.sent_at is not None:
        raise WrongState(_("This assessment is sent. What it says changes only by an amendment with a reason."))
    if not policy.can_assess(review, circle, on=today(by.time_zone)):
        raise WrongState(_("Assessments are written from two weeks before the day of the review until they are sent."))
    if own is None:
        own = Assessment(review_id=review.id, side=side, written_by_id=by.id, amendments=[])
        review.assessments.append(own)
    _insist_on_version(own, version)
    _write(own, words)
    own.written_by_id = by.id
    session.flush()
    return own


def send_assessment(review: Review, words: Words, *, by: Person, version: int | None = None) -> Assessment:
    """Send an assessment for good. With the second one each side reads the other's, and both are told."""
    _insist_on_whole(words)
    own = keep_assessment(review, words, by=by, version=version)
    own.sent_at, own.sent_by = now(), by
    session.flush()
    both = review.both_sent
    take_step(review, "sent", by=by, to=ReviewState.ASSESSED if both else None, changes={"side": own.side.value})
    if both:
        review_ready(review, leading=leading(circle_of(review.checklist, viewer=by)))
    return own


def amend_assessment(review: Review, words: Words, *, reason: str, by: Person, version: int | None = None) -> None:
    """Change what one's own side has sent; what it said before stays with it, and why."""
    hold_review(review)
    circle = circle_of(review.checklist, viewer=by)
    if not policy.can_amend(review, circle):
        raise WrongState(_("This assessment cannot be amended: it is not sent yet, or the review is being signed."))
    reason = reason.strip()[:1000]
    if not reason:
        raise Invalid(_("Say why you change an assessment that was sent."), field="reason")
    _insist_on_whole(words)
    own = review.assessment_of(policy.side_of(circle) or Side.PERSON)
    assert own is not None, "the policy has seen it"
    _insist_on_version(own, version)
    before = words_of(own)
    if before == words:
        return
    own.amendments.append(Amendment(by_id=by.id, reason=reason, before=asdict(before)))
    _write(own, words)
    session.flush()
    take_step(review, "amended", by=by, changes={"side": own.side.value})  # the reason may quote what is hidden: it stays on its row


def words_of(assessment: Assessment | None) -> Words:
    """What an assessment says."""
    if assessment is None:
        return Words()
    return Words(assessment.achievements, assessment.difficulties, assessment.support, assessment.mark)


def _write(own: Assessment, words: Words) -> None:
    own.achievements, own.difficulties, own.support, own.mark = words.achievements, words.difficulties, words.support, words.mark


def _insist_on_version(own: Assessment, version: int | None) -> None:
    if version is not None and (own.version or NOT_YET_KEPT) != version:
        raise Conflict(_("This assessment was changed in another window. Reload the page to see what it holds now."))


def _insist_on_whole(words: Words) -> None:
    if not words.achievements.strip():
        raise Invalid(_("Say what went well."), field="achievements")
    if not words.difficulties.strip():
        raise Invalid(_("Say what was difficult, even if it was little."), field="difficulties")
    if words.mark is None:
        raise Invalid(_("Choose a mark."), field="mark")
