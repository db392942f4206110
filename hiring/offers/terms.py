"""The terms of an offer as they were typed."""

from dataclasses import dataclass
from datetime import date

from core.people.models import Location, Person


@dataclass(frozen=True)
class Terms:
    """What is offered. `salary` is monthly, in minor units of `currency`."""

    salary: int
    currency: str
    starts_on: date
    expires_on: date
    location: Location
    manager: Person
    buddy: Person | None
    approver: Person
    benefits: str
    letter: str
    language: str
    bonus: str = ""
    probation_days: int | None = None
