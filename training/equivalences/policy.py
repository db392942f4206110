"""Who keeps the catalogue of kinds, who hands certificates in, who accepts them as the second person, and who opens them."""

from core.people.models import Person
from core.people.rights import Right
from training.equivalences.models import Equivalence, EquivalenceState


def decides(person: Person) -> bool:
    """Whether the person keeps the catalogue and accepts certificates."""
    return person.may(Right.WRITE_RULES)


def can_hand_in(person: Person, holder: Person) -> bool:
    """Whether the person may hand in a certificate of the holder: their own, and human resources and compliance everybody's."""
    return person.id == holder.id or person.may(Right.CHANGE_EMPLOYMENT) or person.may(Right.WRITE_RULES)


def is_second(person: Person, equivalence: Equivalence) -> bool:
    """Whether the person neither handed it in nor is who it belongs to."""
    return person.id not in (equivalence.handed_in_by_id, equivalence.person_id)


def can_decide(person: Person, equivalence: Equivalence) -> bool:
    """Whether the person may accept or refuse it now."""
    return equivalence.state is EquivalenceState.HANDED_IN and decides(person) and is_second(person, equivalence)


def can_withdraw(person: Person, equivalence: Equivalence) -> bool:
    """Whether the person may take back what they handed in."""
    return equivalence.state is EquivalenceState.HANDED_IN and person.id == equivalence.handed_in_by_id


def can_revoke(person: Person, equivalence: Equivalence) -> bool:
    """Whether the person may say that it does not hold: never about one's own."""
    return equivalence.state is EquivalenceState.ACCEPTED and decides(person) and person.id != equivalence.person_id


def can_correct(person: Person, equivalence: Equivalence) -> bool:
    """Whether the person may hand in what it should have said; a second person accepts that too."""
    return equivalence.state is EquivalenceState.ACCEPTED and (person.id == equivalence.person_id or decides(person))


def sees_all(person: Person) -> bool:
    """Whether the person reads everybody's certificates; others read their own and those they handed in."""
    return person.may(Right.SEE_COMPLIANCE)
