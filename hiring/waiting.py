"""Where in hiring something may wait for a person: conditions that hold whenever something does, and cost next to nothing to ask."""

from sqlalchemy import ColumnElement, exists, or_, true

from core.clock import today
from core.people.models import Person
from hiring.applications.models import Application
from hiring.approval_seats.queries import has_hindered_seat
from hiring.approvals.algebra import ChainState
from hiring.approvals.models import ApprovalChain, ApprovalKind
from hiring.messages.models import Message
from hiring.notes.models import Mention
from hiring.offers.models import Offer, OfferState
from hiring.postings.models import Posting, PostingState


def may_wait(person: Person) -> dict[str, ColumnElement[bool]]:
    """By the names of `hiring.public.waiting_for`'s sources."""
    theirs = or_(Offer.author_id == person.id, Posting.recruiter_id == person.id)
    offers = exists().where(
        Offer.state.in_((OfferState.EXPIRED, OfferState.SENT)), Application.id == Offer.application_id, Posting.id == Application.posting_id, theirs
    )
    over = or_(Posting.state.in_((PostingState.FILLED, PostingState.CLOSED)), Posting.closes_on <= today())
    chains = {kind: exists().where(ApprovalChain.state == ChainState.OPEN, ApprovalChain.kind == kind) for kind in ApprovalKind}
    return {
        "first looks": true(),
        "interviews": true(),
        "mentions": exists().where(Mention.person_id == person.id, Mention.read_at.is_(None)),
        "messages": exists().where(Message.from_candidate, Message.settled_at.is_(None)),
        "unanswered": exists().where(Posting.recruiter_id == person.id, over),
        "offers to approve": chains[ApprovalKind.OFFER],
        "requisitions to approve": chains[ApprovalKind.REQUISITION],
        "postings to approve": exists().where(Posting.state == PostingState.IN_APPROVAL),
        "offers": offers,
        "vacant seats": has_hindered_seat(),
    }
