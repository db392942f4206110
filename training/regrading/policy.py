"""Who may correct the key of an exam item."""

from core.people.models import Person
from core.people.rights import Right
from training.catalogue.models import CourseVersion
from training.catalogue.policy import PUBLIC_STATES


def can_correct(person: Person, version: CourseVersion) -> bool:
    """Whether the person may correct keys of the version: it was in force, so people may have sat it, and certificates may hang on it."""
    return person.may(Right.REVOKE_CERTIFICATES) and version.state in PUBLIC_STATES
