"""What the packages to the left may ask of onboarding."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.people.models import Employment, Person
from core.waiting import Waiting


@dataclass(frozen=True)
class Progress:
    """How far a person's onboarding has come. `light` is green, yellow or red, `reason` says why in a sentence."""

    checklist_id: UUID
    url: str
    state: str
    starts_on: date
    done: int
    total: int
    overdue: int
    light: str
    reason: str

    @property
    def percent(self) -> int:
        """Done of all, in whole percent."""
        return 100 * self.done // self.total if self.total else 100


def begin(person: Person, *, employment: Employment, manager: Person | None, buddy: Person | None, by: Person | None) -> None:
    """Start the onboarding of an employment; a second call for the same employment changes nothing."""


def waiting_for(person: Person, *, on: date) -> list[Waiting]:
    """What waits for the person in onboarding and shadowing."""
    return []


def progress_of(person: Person) -> Progress | None:
    """The progress of the person's latest onboarding, None when there is none."""
    return None
