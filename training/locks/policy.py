"""Who opens a locked exam again."""

from core.people.models import Person
from core.people.rights import Right


def can_unlock(person: Person, learner: Person) -> bool:
    """Whether the person may grant the learner more attempts: never oneself."""
    return sees_locks(person) and person.id != learner.id


def sees_locks(person: Person) -> bool:
    """Whether the person sees who has used up their attempts: trainers and compliance."""
    return person.may(Right.WRITE_RULES) or person.may(Right.WRITE_COURSES)
