"""Who sees how an exam is sat."""

from core.people.models import Person
from core.people.rights import Right


def can_invigilate(person: Person) -> bool:
    """Whether the person sees who sits an exam and what was noticed: trainers and compliance."""
    return person.may(Right.WRITE_COURSES)
