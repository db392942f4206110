"""Who writes leaves down, and who reads why somebody is away."""

from core.people.models import Person
from core.people.rights import Right


def can_write(viewer: Person, person: Person) -> bool:
    """Whether the viewer writes down that the person is away, and reads why: human resources, never for themselves."""
    return viewer.may(Right.CHANGE_EMPLOYMENT) and viewer.id != person.id
