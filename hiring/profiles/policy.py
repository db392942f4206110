"""Who may do what to role profiles."""

from core.people.models import Person
from core.people.rights import Right


def can_write(person: Person) -> bool:
    """Whether the person keeps role profiles: those who write postings."""
    return person.may(Right.WRITE_POSTINGS)
