"""Who may see what about a colleague."""

from core.people.models import Person
from core.people.rights import Right


def can_see_trail(viewer: Person) -> bool:
    """Whether the viewer reads the audit trail."""
    return viewer.may(Right.SEE_AUDIT)


def can_see_person(viewer: Person, person: Person, *, employed: bool) -> bool:
    """Whether the viewer may open the person's page: colleagues for those who see people, everyone for an auditor, oneself always."""
    return viewer.id == person.id or viewer.may(Right.SEE_AUDIT) or (employed and viewer.may(Right.SEE_PEOPLE))
