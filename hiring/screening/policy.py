"""Who may screen."""

from core.people.models import Person
from core.people.rights import Right
from hiring.applications.models import Application


def can_screen(person: Person, application: Application) -> bool:
    """Whether the person may mark and move applications of this posting. That they see it has been settled by the query."""
    return person.may(Right.DECIDE_APPLICATIONS)
