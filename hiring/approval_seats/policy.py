"""Who may take a seat, and whether a step can pass without it."""

from collections.abc import Set

from core.people.models import Person
from core.people.rights import Right
from hiring.approvals.models import ApprovalChain, ApprovalStep
from hiring.approvals.policy import votes_of
from hiring.offers.models import Offer
from hiring.requisitions.models import Requisition
from hiring.requisitions.policy import runs


def may_name(person: Person, subject: Offer | Requisition) -> bool:
    """Whether the person, who sees the thing, may name somebody else for a seat in its approval."""
    if person.may(Right.WRITE_APPROVAL_CHAINS):
        return True
    return runs(person, subject) if isinstance(subject, Requisition) else person.may(Right.WRITE_OFFERS)


def is_stuck(step: ApprovalStep, *, hindered: Set[int]) -> bool:
    """Whether the step can no longer get the approvals it needs from those who can decide. `hindered` are keys of seats."""
    votes = votes_of(step)
    left = [seat for seat in step.seats if seat.approved is None and seat.id not in hindered]
    return votes.approvals + len(left) < votes.needed


def barred(chain: ApprovalChain, step: ApprovalStep, offer: Offer | None, *, writers: Set[int]) -> frozenset[int]:
    """The keys of those who may not take a seat in this step: who asked, who wrote what is approved, who has a say in it already.

    `writers` are those of a requisition.
    """
    keys = {chain.started_by_id}
    for seat in step.seats:
        keys |= {seat.person_id} if seat.decided_by_id is None else {seat.person_id, seat.decided_by_id}
    keys |= writers
    if offer is not None:
        keys |= {offer.author_id, *(move.by_id for move in offer.moves if move.by_id is not None and move.from_state is move.to_state)}
    return frozenset(keys)
