"""Who keeps talent pools."""

from core.people.models import Person
from core.people.rights import Right


def can_use(person: Person) -> bool:
    """Whether the person makes pools and puts candidates they see into them."""
    return person.may(Right.SEE_APPLICATIONS)
