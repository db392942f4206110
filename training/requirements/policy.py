"""Who may write rules."""

from core.people.models import Person
from core.people.rights import Right


def can_write_rules(person: Person) -> bool:
    """Whether the person writes rules."""
    return person.may(Right.WRITE_RULES)
