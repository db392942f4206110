"""Who may note that somebody did not start."""

from core.people.models import Person
from core.people.rights import Right
from hiring.postings.models import Posting
from hiring.postings.policy import can_see


def can_note(person: Person, posting: Posting) -> bool:
    """Whether the person may: who writes offers, for postings they see. Needs `members` to be loaded."""
    return person.may(Right.WRITE_OFFERS) and can_see(person, posting)
