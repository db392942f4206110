"""Who draws samples and checks their lines."""

from core.people.models import Person
from core.people.rights import Right


def can_sample(person: Person) -> bool:
    """Whether the person draws samples of whom they see: compliance and auditors."""
    return person.may(Right.SEE_COMPLIANCE)
