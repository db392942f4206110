"""Who may grant extra time, and how long an exam then takes."""

from datetime import timedelta

from core.people.models import Person
from core.people.rights import Right


def can_accommodate(person: Person, learner: Person) -> bool:
    """Whether the person may grant the learner extra time and read why it was granted: never oneself."""
    return person.may(Right.WRITE_RULES) and person.id != learner.id


def time_allowed(minutes: int, extra_percent: int) -> timedelta:
    """How long an exam takes with the extra time, up to the next whole minute."""
    return timedelta(minutes=-(-minutes * (100 + extra_percent) // 100))
