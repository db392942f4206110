"""Who writes to candidates."""

from core.people.models import Person
from hiring.applications.policy import can_decide
from hiring.postings.models import Posting


def can_answer(person: Person, posting: Posting) -> bool:
    """Whether the person writes to candidates of the posting and asks them for documents. Needs `posting.members` to be loaded."""
    return can_decide(person, posting)
