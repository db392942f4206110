"""Who may take in results from elsewhere."""

from core.people.models import Person
from core.people.rights import Right


def can_import(person: Person) -> bool:
    """Whether the person takes in results from elsewhere."""
    return person.may(Right.WRITE_RULES)
