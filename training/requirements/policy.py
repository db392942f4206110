"""Who may write rules and exempt people."""

from core.people.models import Person
from core.people.rights import Right


def can_write_rules(person: Person) -> bool:
    """Whether the person writes rules."""
    return person.may(Right.WRITE_RULES)


def can_exempt(person: Person, exempted: Person) -> bool:
    """Whether the person may exempt the other: never oneself."""
    return person.may(Right.WRITE_RULES) and person.id != exempted.id
