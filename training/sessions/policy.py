"""Who may plan sessions, take a seat, and say who came."""

from core.people.models import Person
from core.people.rights import Right
from training.sessions.models import CourseSession


def can_plan(person: Person) -> bool:
    """Whether the person plans and calls off sessions."""
    return person.may(Right.WRITE_COURSES)


def can_keep_list(person: Person, taught: CourseSession) -> bool:
    """Whether the person reads who comes and notes who came: the trainer, and who plans sessions."""
    return person.id == taught.trainer_id or can_plan(person)


def can_seat(person: Person, learner: Person, taught: CourseSession) -> bool:
    """Whether the person may give up or take the learner's seat: their own, or as the one who keeps the list."""
    return person.id == learner.id or can_keep_list(person, taught)
