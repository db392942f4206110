"""Who may do what to a posting."""

from core.people.models import Person
from core.people.rights import Right
from hiring.postings.models import WORDING_STATES, WORKFLOW, MemberPart, Posting, PostingState

SEEING_PARTS = frozenset({MemberPart.RECRUITER, MemberPart.HIRING_MANAGER})


def is_member(viewer: Person, posting: Posting) -> bool:
    """Whether the person runs the posting as recruiter or hiring manager. Needs `members` to be loaded."""
    return any(member.person_id == viewer.id and member.part in SEEING_PARTS for member in posting.members)


def can_see(viewer: Person, posting: Posting) -> bool:
    """Whether the person may see the posting before and beside the public page. Needs `members` to be loaded."""
    return viewer.may(Right.SEE_EVERY_POSTING) or is_member(viewer, posting)


def can_write(person: Person) -> bool:
    """Whether the person may write postings at all."""
    return person.may(Right.WRITE_POSTINGS)


def can_edit(person: Person, posting: Posting) -> bool:
    """Whether the person may change everything in the posting: a draft only."""
    return can_write(person) and can_see(person, posting) and posting.state is PostingState.DRAFT


def can_reword(person: Person, posting: Posting) -> bool:
    """Whether the person may change wording and deadline of an approved posting."""
    return can_write(person) and can_see(person, posting) and posting.state in WORDING_STATES


def can_approve(person: Person, posting: Posting) -> bool:
    """Whether the person decides on the posting: its hiring manager or another member with the right, never who asked."""
    if person.id == posting.requested_by_id:
        return False
    return person.id == posting.hiring_manager_id or (person.may(Right.APPROVE_POSTINGS) and any(m.person_id == person.id for m in posting.members))


def can_move(person: Person, posting: Posting, to: PostingState) -> bool:
    """Whether the person may open, pause, close or archive the posting now."""
    return can_write(person) and can_see(person, posting) and WORKFLOW.allows(posting.state, to)
