"""Who tags candidates."""

from core.people.models import Person
from core.people.rights import Right


def can_tag(person: Person) -> bool:
    """Whether the person may tag candidates they see. That they see this one is settled by the query."""
    return person.may(Right.SEE_APPLICATIONS)
