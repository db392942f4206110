"""Who may arrange departments and tag people."""

from core.people.models import Person
from core.people.rights import Right


def can_place_departments(person: Person) -> bool:
    """Whether the person arranges departments."""
    return person.may(Right.CHANGE_EMPLOYMENT)


def can_tag(person: Person, tagged: Person) -> bool:
    """Whether the person may give the other tags: never oneself, for tags decide what is asked of one."""
    return person.id != tagged.id and (person.may(Right.CHANGE_EMPLOYMENT) or person.may(Right.WRITE_RULES))
