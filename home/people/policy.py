"""Who may see what about a colleague."""

from collections.abc import Sequence
from datetime import date

from core.people.models import Employment, Person
from core.people.rights import Right


def can_see_trail(viewer: Person) -> bool:
    """Whether the viewer reads the audit trail."""
    return viewer.may(Right.SEE_AUDIT)


def can_see_person(viewer: Person, person: Person, *, employed: bool) -> bool:
    """Whether the viewer may open the person's page: colleagues for those who see people, everyone for an auditor, oneself always."""
    return viewer.id == person.id or viewer.may(Right.SEE_AUDIT) or (employed and viewer.may(Right.SEE_PEOPLE))


def can_change_employment(viewer: Person, person: Person, employments: Sequence[Employment], *, on: date) -> bool:
    """Whether the viewer may change where somebody employed, or soon to be, belongs; nobody does so for themselves."""
    standing = any(row.valid_to is None or row.valid_to >= on for row in employments)
    return standing and viewer.id != person.id and viewer.may(Right.CHANGE_EMPLOYMENT)
