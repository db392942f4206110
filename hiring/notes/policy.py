"""Who writes, changes and reads notes."""

from core.people.models import Person
from core.people.rights import Right
from hiring.notes.models import Note
from hiring.postings.models import Posting
from hiring.postings.policy import can_see


def can_note(person: Person, posting: Posting) -> bool:
    """Whether the person reads and writes notes on applications to the posting, and may be mentioned there. Needs `posting.members`."""
    return person.may(Right.SEE_APPLICATIONS) and can_see(person, posting)


def can_change(person: Person, note: Note) -> bool:
    """Whether the person may change or withdraw the note: its author, while it stands."""
    return note.author_id == person.id and note.withdrawn_at is None
