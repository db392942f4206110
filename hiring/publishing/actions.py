"""What is done to a posting as a whole: approved, opened, paused, closed, filled, archived."""

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.people.queries import find_company
from core.web.i18n import _
from hiring.applications.queries import active_count
from hiring.postings import policy
from hiring.postings.models import WORKFLOW, Posting, PostingMove, PostingState
from hiring.postings.queries import lock_posting
from hiring.publishing import mails
from hiring.requisitions.models import RequisitionState
from hiring.requisitions.queries import requisition_of

S = PostingState
PAST = {
    S.DRAFT: "returned_to_draft",
    S.IN_APPROVAL: "submitted",
    S.APPROVED: "approved",
    S.OPEN: "opened",
    S.PAUSED: "paused",
    S.FILLED: "filled",
    S.CLOSED: "closed",
    S.ARCHIVED: "archived",
}


def ask_for_approval(posting: Posting, *, by: Person) -> None:
    """Send a draft to its hiring manager. Raises Invalid when it is not complete."""
    _insist(policy.can_edit(by, posting))
    missing = what_is_missing(posting)
    if missing:
        raise Invalid(_("Before it can be approved: %(what)s", what=" ".join(missing)))
    company = find_company()
    if company is not None and company.needs_requisition and posting.requisition_id is None:
        raise Invalid(_("Here a posting begins with an approved requisition. Write one, and make the posting from it."))
    if posting.hiring_manager_id == by.id:
        raise Invalid(_("You are the hiring manager yourself. Somebody else has to ask, or to approve."))
    posting.requested_by_id = by.id
    _move(posting, S.IN_APPROVAL, by=by)
    mails.posting_approval_asked(posting, by=by)


def what_is_missing(posting: Posting) -> list[str]:
    """Sentences on what a draft still lacks. Needs `criteria` to be loaded."""
    checks = (
        (posting.summary, _("Write a summary.")),
        (posting.responsibilities, _("Write the responsibilities.")),
        (posting.qualifications, _("Write the qualifications.")),
        (posting.criteria, _("Name at least one criterion.")),
    )
    return [sentence for present, sentence in checks if not present]


def approve_posting(posting: Posting, *, by: Person) -> None:
    """Approve a posting. Raises NotAllowed for whoever asked, WrongState when it has been decided already."""
    _decide(posting, S.APPROVED, by=by, reason="")
    mails.posting_approved(posting, by=by)


def send_back_posting(posting: Posting, *, by: Person, reason: str) -> None:
    """Send a posting back to its author, saying why."""
    if not reason.strip():
        raise Invalid(_("Say what should change."), field="reason")
    _decide(posting, S.DRAFT, by=by, reason=reason.strip())
    mails.posting_sent_back(posting, by=by, reason=reason.strip())


def _decide(posting: Posting, to: PostingState, *, by: Person, reason: str) -> None:
    allowed = policy.can_approve(by, posting)
    lock_posting(posting)
    if posting.state is not S.IN_APPROVAL:
        raise WrongState(_("Somebody else has decided on this posting already. Reload the page to see where it stands."))
    if not allowed:
        raise NotAllowed(_("Only the hiring manager, or another approver of this posting who did not ask for the approval, decides on it."))
    _move(posting, to, by=by, reason=reason)


def open_posting(posting: Posting, *, by: Person) -> None:
    """Publish a posting, for the first time or again."""
    _insist(policy.can_write(by) and policy.can_see(by, posting))
    lock_posting(posting)
    if posting.is_past_deadline:
        raise Invalid(_("The deadline is over. Choose a later one first."))
    requisition = requisition_of(posting)
    if requisition is not None and requisition.state is RequisitionState.CANCELLED:
        raise Invalid(_("Its requisition was cancelled."))
    if requisition is not None and requisition.state is RequisitionState.ON_HOLD:
        raise Invalid(_("Its requisition is on hold. Take that up again first."))
    _move(posting, S.OPEN, by=by)


def pause_posting(posting: Posting, *, by: Person | None) -> None:
    """Take a posting off the careers pages for a while."""
    if posting.state is not S.OPEN:
        raise WrongState(_("Only an open posting can be paused."))
    _change(posting, S.PAUSED, by=by)


def close_posting(posting: Posting, *, by: Person | None, reason: str = "") -> None:
    """End a posting. Raises Conflict while applications are undecided, so that nobody is left without an answer."""
    insist_on_answers(posting)
    _change(posting, S.CLOSED, by=by, reason=reason)


def archive_posting(posting: Posting, *, by: Person) -> None:
    """Put a posting away. Raises Conflict while applications are undecided, so that nobody is left without an answer."""
    _insist(policy.can_write(by) and policy.can_see(by, posting))
    insist_on_answers(posting)
    _change(posting, S.ARCHIVED, by=by)


def return_to_draft(posting: Posting, *, by: Person) -> None:
    """Take a posting that waits for approval, or was approved and never opened, back to change it; it needs approval again."""
    if posting.opened_at is not None:
        raise WrongState(_("It has been public already: only wording and deadline can change."))
    if posting.state not in (S.IN_APPROVAL, S.APPROVED):
        raise WrongState(_("Only a posting that waits for approval or was approved can be taken back to draft."))
    _change(posting, S.DRAFT, by=by)


def insist_on_answers(posting: Posting) -> None:
    """Raise Conflict while somebody who applied has no answer."""
    undecided = active_count(posting)
    if undecided:
        raise Conflict(_("%(count)s applications are undecided. Decide on them first, so that everybody gets an answer.", count=undecided))


def end_at_deadline(posting: Posting) -> None:
    """Take a posting whose last day is over off the careers pages; it is closed once everybody who applied has an answer."""
    lock_posting(posting)
    if not active_count(posting):
        _move(posting, S.CLOSED, by=None)
    elif posting.state is S.OPEN:
        _move(posting, S.PAUSED, by=None)


def mark_filled(posting: Posting, *, by: Person | None) -> None:
    """Note that the last opening was filled. The caller holds the posting's row."""
    _move(posting, S.FILLED, by=by)
    undecided = active_count(posting)
    if undecided:
        mails.posting_filled(posting, recruiter=session.get_one(Person, posting.recruiter_id), undecided=undecided)


def reopen_filled(posting: Posting, *, by: Person | None) -> None:
    """Let a filled posting with an opening free wait until its recruiter opens it. The caller holds the posting's row."""
    _move(posting, S.PAUSED, by=by, reason=str(_("An opening is free again.")))
    posting.closed_at = None
    session.flush()


def add_opening(posting: Posting, *, reason: str, by: Person) -> None:
    """Look for one person more than was approved, where no requisition counts the openings; the hiring manager is told.

    A filled posting waits to be opened again, and offers that are out can be accepted. Raises Invalid without a reason, or where a
    requisition has to be changed or written instead.
    """
    _insist(policy.can_write(by) and policy.can_see(by, posting))
    company = find_company()
    if posting.requisition_id is not None:
        raise Invalid(_("The number of openings follows the requisition. Change it there."))
    if company is not None and company.needs_requisition:
        raise Invalid(_("Here a posting begins with an approved requisition. Write one, and make the posting from it."))
    if not reason.strip():
        raise Invalid(_("Say why one more is wanted."), field="reason")
    lock_posting(posting)
    if posting.state not in (S.OPEN, S.PAUSED, S.FILLED):
        raise WrongState(_("Openings are added while a posting is open, paused or filled."))
    posting.openings += 1
    note_in_history(posting, str(_("One opening more: %(reason)s", reason=reason.strip())), by=by)
    record("hiring.posting.opening_added", posting, by=by, changes={"openings": [posting.openings - 1, posting.openings]}, reason=reason.strip())
    if posting.state is S.FILLED:
        reopen_filled(posting, by=by)
    mails.posting_opening_added(posting, by=by, reason=reason.strip())


def note_in_history(posting: Posting, text: str, *, by: Person | None) -> None:
    """A line of the posting's history on something else than its state. The caller holds the posting and writes the audit trail."""
    key = None if by is None else by.id
    posting.changed_at = now()
    session.add(PostingMove(posting_id=posting.id, from_state=posting.state, to_state=posting.state, at=posting.changed_at, by_id=key, reason=text))
    session.flush()


def _change(posting: Posting, to: PostingState, *, by: Person | None, reason: str = "") -> None:
    if by is not None:
        _insist(policy.can_write(by) and policy.can_see(by, posting))
    lock_posting(posting)
    _move(posting, to, by=by, reason=reason)


def _move(posting: Posting, to: PostingState, *, by: Person | None, reason: str = "") -> None:
    WORKFLOW.insist(posting.state, to)
    before, at = posting.state, now()
    posting.state = to
    posting.changed_at = at
    if to is S.OPEN:
        posting.opened_at = posting.opened_at or at
        posting.closed_at = None
    elif to in (S.CLOSED, S.FILLED):
        posting.closed_at = posting.closed_at or at
    move = PostingMove(posting_id=posting.id, from_state=before, to_state=to, at=at, by_id=None if by is None else by.id, reason=reason)
    session.add(move)
    session.flush()
    record(f"hiring.posting.{PAST[to]}", posting, by=by, changes={"state": [before.value, to.value]}, reason=reason)


def _insist(allowed: bool) -> None:
    if not allowed:
        raise NotAllowed(_("You may not do this to this posting as it stands."))
