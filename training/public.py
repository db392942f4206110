"""What the packages to the left may ask of training."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.people.models import Person
from core.waiting import Waiting


@dataclass(frozen=True)
class CourseFact:
    """A course others may point to. `id` is its inner key, for a foreign key to `training_course`."""

    id: int
    public_id: UUID
    title: str
    code: str
    url: str


@dataclass(frozen=True)
class StandingFact:
    """Where a person stands with one requirement on a day, in words. `tone` is a badge's: success, warning, danger, info, neutral."""

    course: str
    rule_number: int
    state: str
    label: str
    tone: str
    explanation: str
    due_on: date | None
    valid_until: date | None
    url: str


def rederive(person: Person) -> None:
    """Make what the rules assign to the person agree with their employment. Doing it twice changes nothing."""


def holds(person: Person, course_id: UUID, *, on: date) -> bool:
    """Whether the person has completed the course (by its public id) and is still within its validity on the day."""
    return False


def holds_many(wanted: Collection[tuple[int, int]], *, on: date) -> set[tuple[int, int]]:
    """Of pairs (person's inner key, course's inner key), those held on the day, in one statement."""
    return set()


def courses() -> list[CourseFact]:
    """Every course that has a version in force, by title."""
    return []


def waiting_for(person: Person, *, on: date) -> list[Waiting]:
    """What waits for the person in training: courses to complete, exams to finish, versions to review."""
    return []


def standing_of(person: Person, *, on: date) -> list[StandingFact]:
    """Where the person stands with each requirement they have on the day, the most urgent first."""
    return []
