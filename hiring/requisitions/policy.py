"""Who may do what to a requisition."""

from core.people.models import Person
from core.people.rights import Right
from hiring.requisitions.models import Requisition, RequisitionState

S = RequisitionState


def can_write(person: Person) -> bool:
    """Whether the person may ask for people at all."""
    return person.may(Right.WRITE_REQUISITIONS)


def runs(person: Person, requisition: Requisition) -> bool:
    """Whether the requisition is the person's to run: asked by them, for their team, or among all that recruiters see."""
    theirs = person.id in (requisition.requested_by_id, requisition.hiring_manager_id)
    return can_write(person) and (theirs or person.may(Right.SEE_EVERY_POSTING))


def can_edit(person: Person, requisition: Requisition) -> bool:
    """Whether the person may change the requisition as it stands; not while others are deciding on it."""
    return runs(person, requisition) and requisition.state in (S.DRAFT, S.APPROVED, S.FILLED)


def can_submit(person: Person, requisition: Requisition) -> bool:
    """Whether the person may ask for its approval."""
    return runs(person, requisition) and requisition.state is S.DRAFT


def can_cancel(person: Person, requisition: Requisition) -> bool:
    """Whether the person may give the requisition up."""
    return runs(person, requisition) and requisition.state in (S.DRAFT, S.IN_APPROVAL, S.APPROVED, S.ON_HOLD)


def can_hold(person: Person, requisition: Requisition) -> bool:
    """Whether the person may put the requisition on hold."""
    return runs(person, requisition) and requisition.state is S.APPROVED


def can_resume(person: Person, requisition: Requisition) -> bool:
    """Whether the person may take it up again."""
    return runs(person, requisition) and requisition.state is S.ON_HOLD


def can_make_posting(person: Person, requisition: Requisition) -> bool:
    """Whether the person may make its posting."""
    return person.may(Right.WRITE_POSTINGS) and requisition.state is S.APPROVED
