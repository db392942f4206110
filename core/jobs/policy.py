"""Who may see and drive background work."""

from core.people.models import Person
from core.people.rights import Right


def can_administer_jobs(person: Person) -> bool:
    """Whether the person may see parked jobs and try them again."""
    return person.may(Right.ADMINISTER)
