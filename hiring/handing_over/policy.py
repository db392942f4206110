"""Who may hand a posting over, and when."""

from core.people.models import Person
from core.people.rights import Right
from hiring.postings.models import Posting, PostingState

STATES = frozenset({PostingState.APPROVED, PostingState.OPEN, PostingState.PAUSED, PostingState.FILLED, PostingState.CLOSED})


def may_hand_over(person: Person) -> bool:
    """Whether the person hands postings over at all: recruiters, and administrators for a recruiter who has left."""
    return person.may(Right.ADMINISTER) or (person.may(Right.WRITE_POSTINGS) and person.may(Right.SEE_EVERY_POSTING))


def can_hand_over(person: Person, posting: Posting) -> bool:
    """Whether the person may hand this one over now. A draft is changed on its own page, and what waits for approval is taken back first."""
    return may_hand_over(person) and posting.state in STATES
