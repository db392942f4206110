"""Naming somebody else for a seat whose person can no longer decide. What others said stays."""

from core.audit.record import record
from core.db import hold, session
from core.errors import Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.web.i18n import _
from hiring.approval_seats import mails, policy
from hiring.approval_seats.queries import VacantSeat, successors
from hiring.approvals.algebra import ChainState
from hiring.approvals.queries import who_cannot
from hiring.offers.mails import offer_approval_wanted
from hiring.requisitions.mails import requisition_approval_asked


def name_approver(vacant: VacantSeat, *, to: Person, reason: str, by: Person) -> None:
    """Give the seat to somebody else, who is asked at once if it is their turn; who asked and who had approved are told.

    Raises WrongState once the seat or the chain is decided or its person can decide again, Invalid for who may not take it.
    """
    subject = vacant.offer or vacant.requisition
    if subject is None or not policy.may_name(by, subject):
        raise NotAllowed(_("You do not say who approves this."))
    if not reason.strip():
        raise Invalid(_("Say why somebody else decides."), field="reason")
    hold(subject)
    chain, seat, before = hold(vacant.chain), vacant.seat, vacant.seat.person
    for other in vacant.step.seats:
        hold(other)
    open_still = chain.state is ChainState.OPEN and seat.approved is None and chain.position is not None and vacant.step.position >= chain.position
    if not open_still or not who_cannot(chain.kind, {seat.person_id}):
        raise WrongState(_("This has been decided already. Reload the page to see where it stands."))
    if to.id not in {person.id for person in successors(vacant, by=by)}:
        raise Invalid(_("Choose somebody who may approve this and has no other part in it, and not yourself."), field="person")
    seat.person_id = to.id
    if vacant.offer is not None and vacant.offer.approver_id == before.id:
        vacant.offer.approver_id = to.id  # whose name stands under the letter
    session.flush()
    session.expire(seat, ["person"])
    record("hiring.approval.seat_given", chain, by=by, changes={"step": vacant.step.position, "person": [before.id, to.id]}, reason=reason.strip())
    _tell(vacant, before=before, to=to, reason=reason.strip(), by=by)


def _tell(vacant: VacantSeat, *, before: Person, to: Person, reason: str, by: Person) -> None:
    if vacant.step.position == vacant.chain.position and vacant.offer is not None:
        offer_approval_wanted(vacant.offer, to=to)
    elif vacant.step.position == vacant.chain.position and vacant.requisition is not None:
        requisition_approval_asked(vacant.requisition, to=to)
    told = {vacant.chain.started_by.id: vacant.chain.started_by, to.id: to}
    for person in told.values():
        if person.id != by.id:
            mails.approver_named(vacant, to=person, before=before.name, named=to.name, reason=reason, by=by)
