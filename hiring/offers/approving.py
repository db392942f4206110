"""An offer's way through its approval chain."""

from core.clock import today
from core.people.models import Person
from core.people.queries import get_person_by_key
from core.web.i18n import _
from hiring.approvals.actions import PlannedStep, planned_steps, start_chain, void_chain
from hiring.approvals.models import ApprovalChain, ApprovalKind
from hiring.approvals.queries import chain_of, people_to_ask, stands_in_for
from hiring.offers import mails, policy
from hiring.offers.models import Offer
from hiring.offers.versions import terms_hash


def begin_approval(offer: Offer, *, by: Person) -> ApprovalChain:
    """Start the chain the company wants for offers in this department, else one with the approver the offer names."""
    posting = offer.application.posting
    manager = get_person_by_key(posting.hiring_manager_id)
    planned = planned_steps(ApprovalKind.OFFER, department_id=posting.department_id, hiring_manager=manager)
    planned = planned or [PlannedStep(_("Approval"), (offer.approver,))]
    steps = [
        PlannedStep(step.name, tuple(person for person in step.people if not policy.wrote(person, offer)), step.needed, step.only_out_of_band)
        for step in planned
    ]
    out = policy.is_out_of_band(offer.salary, posting)
    return start_chain(ApprovalKind.OFFER, offer.public_id, steps=steps, subject_hash=terms_hash(offer), out_of_band=out, by=by)


def live_chain(offer: Offer) -> ApprovalChain:
    """The chain the offer is in. One that began before there were chains gets its own, begun by its author."""
    return chain_of(ApprovalKind.OFFER, offer.public_id) or begin_approval(offer, by=offer.author)


def has_turn(offer: Offer, person: Person) -> bool:
    """Whether the person has a say in the step whose turn it is, for themselves or for another."""
    return policy.can_approve(person, offer, live_chain(offer), stands_in_for=stands_in_for(person, on=today(person.time_zone)))


def give_up_approval(offer: Offer, *, reason: str, by: Person | None) -> None:
    """Void what approvals there are, for the terms will change or the offer ends."""
    chain = chain_of(ApprovalKind.OFFER, offer.public_id)
    if chain is not None:
        void_chain(chain, reason=reason, by=by)


def ask_those_in_turn(offer: Offer, chain: ApprovalChain) -> None:
    """Mail those whose turn it is, and who stands in for them. Who was asked in this step before is not asked again."""
    for person in people_to_ask(chain):
        mails.offer_approval_wanted(offer, to=person)


def tell_of_refusal(offer: Offer, chain: ApprovalChain, *, by: Person, reason: str) -> None:
    """Tell whoever asked, the author, and everybody who had approved."""
    approved = [seat.decided_by for step in chain.steps for seat in step.seats if seat.approved and seat.decided_by is not None]
    for person in {person.id: person for person in (chain.started_by, offer.author, *approved)}.values():
        if person.id != by.id:
            mails.offer_sent_back(offer, to=person, by=by, reason=reason)
