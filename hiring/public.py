"""What the packages to the left may ask of hiring."""

from datetime import date

from core.people.models import Person
from core.waiting import Waiting


def waiting_for(person: Person, *, on: date) -> list[Waiting]:
    """What waits for the person in hiring."""
    return []
