"""Which version of a course a person takes, and what the present one means to them who completed an earlier."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.errors import NotFound
from core.people.models import Person
from training.catalogue.models import CourseVersion
from training.catalogue.queries import get_approved_version, version_facts
from training.catalogue.succession import to_take
from training.learning.queries import Present, find_present


@dataclass(frozen=True)
class Succession:
    """A person's last completion of a course in an earlier version than the present one: on which day, which, and until when it counts."""

    completed_on: date
    completed: int
    present: int
    counts_until: date | None  # None: no training is required on the present one


def what_to_take(person: Person, course_id: UUID, *, on: date) -> tuple[CourseVersion, Succession | None]:
    """The version of the course (by its public id) the person takes on the day, with course and modules: the one in force,
    or the one they began while the versions after it let them finish; and what the one in force means to them.

    Raises NotFound.
    """
    present = find_present(person, course_id, on=on)
    if present is None:
        raise NotFound
    return _to_take(present, on), _succession(present)


def version_to_take(person: Person, course_id: UUID, *, on: date) -> CourseVersion:
    """The version alone. Raises NotFound."""
    return what_to_take(person, course_id, on=on)[0]


def _to_take(present: Present, on: date) -> CourseVersion:
    version = present.version
    if present.begun in (None, version.number):
        return version
    number = to_take(present.begun, version_facts(course_id=version.course_id)[version.course_id], on=on)
    return version if number in (None, version.number) else get_approved_version(version.course_id, number)


def _succession(present: Present) -> Succession | None:
    if present.completed_on is None or present.completed is None or present.completed >= present.version.number:
        return None
    return Succession(present.completed_on, present.completed, present.version.number, present.counts_until)
