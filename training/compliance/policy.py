"""Whose training a person may look at."""

from core.people.models import Person
from core.people.rights import Right


def sees_everybody(viewer: Person) -> bool:
    """Whether the viewer sees everybody's training; others with the team's right see those who report to them."""
    return viewer.may(Right.SEE_COMPLIANCE)
