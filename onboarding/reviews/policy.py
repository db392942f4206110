"""Who may see and do what in a review. Needs the review's assessments and signatures where it asks for them."""

from datetime import date

from core.people.models import Person
from core.people.rights import Right
from onboarding.circle import Circle, Standpoint
from onboarding.reviews.due import AHEAD
from onboarding.reviews.models import UNFINISHED, Assessment, Review, ReviewAction, ReviewState, Side


def side_of(circle: Circle) -> Side | None:
    """Whose word the viewer's is; None for those who only look on."""
    if circle.is_own:
        return Side.PERSON
    return Side.MANAGER if circle.leads else None


def readable(review: Review, circle: Circle) -> list[Assessment]:
    """The assessments the viewer reads: their own side's, and both once both are sent. Nobody reads another's draft, auditors read none."""
    if not circle.reads_texts:
        return []
    own = side_of(circle)
    return [row for row in review.assessments if review.both_sent or row.side is own]


def can_assess(review: Review, circle: Circle, *, on: date) -> bool:
    """Whether the viewer may write their side's assessment: from two weeks before the day until it is sent."""
    side = side_of(circle)
    if side is None or review.state is not ReviewState.OPEN or on < review.due_on - AHEAD:
        return False
    own = review.assessment_of(side)
    return own is None or own.sent_at is None


def can_amend(review: Review, circle: Circle) -> bool:
    """Whether the viewer may change, with a reason, what their side has sent: until it is put forward to be signed."""
    side = side_of(circle)
    own = None if side is None else review.assessment_of(side)
    return own is not None and own.sent_at is not None and review.state in (ReviewState.OPEN, ReviewState.ASSESSED)


def can_meet(review: Review, circle: Circle) -> bool:
    """Whether the viewer may book, move or cancel the meeting."""
    return review.state in UNFINISHED and (circle.leads or circle.is_own or circle.standpoint is Standpoint.HR)


def can_agree(review: Review, circle: Circle) -> bool:
    """Whether the viewer may write what was agreed on: the manager, once both assessments are sent."""
    return circle.leads and review.state is ReviewState.ASSESSED


def can_object(review: Review, circle: Circle) -> bool:
    """Whether the viewer may ask for a change before the review is signed by both."""
    return side_of(circle) is not None and review.state is ReviewState.AGREED


def can_consent(person: Person, review: Review, circle: Circle) -> bool:
    """Whether the person may consent to an end: of human resources, and neither the new hire nor who proposed it."""
    stands_apart = not circle.is_own and circle.standpoint is not Standpoint.MANAGER and person.id != review.agreed_by_id
    return person.may(Right.RUN_ONBOARDING) and stands_apart and review.waits_for_consent


def can_sign(review: Review, circle: Circle) -> bool:
    """Whether the viewer may sign for their side now."""
    side = side_of(circle)
    return side is not None and review.state is ReviewState.AGREED and not review.waits_for_consent and review.signature_of(side) is None


def can_close_unsigned(review: Review, circle: Circle) -> bool:
    """Whether the viewer may close a review that the new hire does not sign: human resources, once the manager has signed."""
    ready = review.state is ReviewState.AGREED and not review.waits_for_consent
    return ready and circle.standpoint is Standpoint.HR and review.signature_of(Side.MANAGER) is not None


def can_read_paper(review: Review, circle: Circle) -> bool:
    """Whether the viewer may open the sealed paper."""
    return review.document_id is not None and circle.reads_texts


def can_finish(person: Person, action: ReviewAction, circle: Circle | None) -> bool:
    """Whether the person may say that something agreed on is done: who does it, and the manager."""
    leads = circle is not None and circle.leads
    return action.review.state is ReviewState.SIGNED and (action.owner_id == person.id or leads)
