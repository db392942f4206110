"""Who may speak in a chain."""

from collections.abc import Set

from core.people.models import Person
from core.people.rights import Right
from hiring.approvals.algebra import ChainState, StepState, Votes, chain_states
from hiring.approvals.models import ApprovalChain, ApprovalKind, ApprovalSeat, ApprovalStep

RIGHT = {ApprovalKind.OFFER: Right.APPROVE_OFFERS, ApprovalKind.REQUISITION: Right.APPROVE_POSTINGS}


def can_write_templates(person: Person) -> bool:
    """Whether the person decides which steps there are."""
    return person.may(Right.WRITE_APPROVAL_CHAINS)


def step_in_turn(chain: ApprovalChain) -> ApprovalStep | None:
    """The step whose turn it is. Needs `steps`."""
    return next((step for step in chain.steps if step.position == chain.position), None)


def votes_of(step: ApprovalStep) -> Votes:
    """What a step's seats said so far."""
    said = [seat.approved for seat in step.seats]
    return Votes(step.needed, len(said), said.count(True), said.count(False), step.skipped)


def step_states(chain: ApprovalChain) -> list[StepState]:
    """Where each step of the chain stands."""
    return chain_states([votes_of(step) for step in chain.steps])[1]


def seat_of(chain: ApprovalChain, person: Person, *, stands_in_for: Set[int]) -> ApprovalSeat | None:
    """The seat in which the person may speak now: their own, or one they stand in for. Never who began the chain, nobody twice in a step."""
    step = step_in_turn(chain)
    if chain.state is not ChainState.OPEN or step is None or person.id == chain.started_by_id or not person.may(RIGHT[chain.kind]):
        return None
    if any(seat.decided_by_id == person.id for seat in step.seats):
        return None
    free = [seat for seat in step.seats if seat.approved is None]
    own = next((seat for seat in free if seat.person_id == person.id), None)
    return own or next((seat for seat in free if seat.person_id in stands_in_for), None)
