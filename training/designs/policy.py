"""Who may design certificates."""

from core.people.models import Person
from core.people.rights import Right


def can_design(person: Person) -> bool:
    """Whether the person may say what certificates look like: whoever answers for them."""
    return person.may(Right.REVOKE_CERTIFICATES)
