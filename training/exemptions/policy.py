"""Who asks for exemptions, who decides as the second person, and who reads the evidence."""

from core.people.models import Person
from core.people.rights import Right
from training.exemptions.models import Exemption, ExemptionState


def can_ask(person: Person, exempted: Person, *, leads: bool) -> bool:
    """Whether the person may ask that somebody be exempt: oneself, one's team, and compliance and human resources for everybody."""
    return person.id == exempted.id or leads or person.may(Right.WRITE_RULES) or person.may(Right.CHANGE_EMPLOYMENT)


def decides(person: Person) -> bool:
    """Whether the person decides about exemptions at all."""
    return person.may(Right.WRITE_RULES)


def is_second(person: Person, exemption: Exemption) -> bool:
    """Whether the person is neither who asked nor whom it is about."""
    return person.id not in (exemption.asked_by_id, exemption.person_id)


def can_decide(person: Person, exemption: Exemption) -> bool:
    """Whether the person may approve or refuse it now."""
    return exemption.state is ExemptionState.ASKED and decides(person) and is_second(person, exemption)


def can_withdraw(person: Person, exemption: Exemption) -> bool:
    """Whether the person may take back what they asked for."""
    return exemption.state is ExemptionState.ASKED and person.id == exemption.asked_by_id


def can_revoke(person: Person, exemption: Exemption) -> bool:
    """Whether the person may end it before its time: never one's own."""
    return exemption.state is ExemptionState.APPROVED and decides(person) and person.id != exemption.person_id


def sees_all(person: Person) -> bool:
    """Whether the person reads everybody's exemptions; others read what is about them and what they asked for."""
    return person.may(Right.SEE_COMPLIANCE)
