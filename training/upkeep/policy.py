"""Who looks after courses."""

from core.people.models import Person
from core.people.rights import Right
from training.catalogue.models import Course


def can_keep(person: Person) -> bool:
    """Whether the person hands courses over, archives and deletes them."""
    return person.may(Right.WRITE_COURSES)


def can_delete(person: Person, course: Course) -> bool:
    """Whether the person may delete the course now: it is archived first."""
    return can_keep(person) and course.archived_at is not None
