"""Who may see and change which version of a course."""

from core.people.models import Person
from core.people.rights import Right
from training.catalogue.models import UNDER_REVIEW, CourseVersion, VersionState

PUBLIC_STATES = frozenset({VersionState.IN_FORCE, VersionState.SUPERSEDED})


def can_write(person: Person) -> bool:
    """Whether the person writes courses."""
    return person.may(Right.WRITE_COURSES)


def can_see_unpublished(person: Person) -> bool:
    """Whether the person reads versions that are not, or no longer, in force."""
    return person.may(Right.WRITE_COURSES) or person.may(Right.SEE_COMPLIANCE)


def can_edit(person: Person, version: CourseVersion) -> bool:
    """Whether the person may change the version now."""
    return can_write(person) and version.state is VersionState.DRAFT


def can_submit(person: Person, version: CourseVersion) -> bool:
    """Whether the person may hand the version in for review."""
    return can_write(person) and version.state is VersionState.DRAFT


def can_review(person: Person, version: CourseVersion) -> bool:
    """Whether the person may approve or return the version: nobody who wrote in it. Needs `authors` to be loaded."""
    wrote = any(author.person_id == person.id for author in version.authors)
    return can_write(person) and version.state in UNDER_REVIEW and not wrote
