"""The small world demonstration data is written into: its day, its people and its dice."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from core.people.models import Department, Employment, JobRole, Location, Person


@dataclass
class World:
    """What every package's `load_demo(world)` finds and adds to.

    `people` maps the names of demo accounts (`recruiter`, `newhire`, …) to persons with their grants loaded; `colleagues` are everyone
    employed; `new_hires` are (person, employment, manager, buddy) of those in onboarding.
    """

    today: date
    random: Random
    people: dict[str, Person] = field(default_factory=dict)
    colleagues: list[Person] = field(default_factory=list)
    departments: dict[str, Department] = field(default_factory=dict)
    places: dict[str, Location] = field(default_factory=dict)
    job_roles: dict[str, JobRole] = field(default_factory=dict)
    new_hires: list[tuple[Person, Employment, Person, Person | None]] = field(default_factory=list)

    def at(self, days: int, hour: int = 10, minute: int = 0, zone: str = "America/Sao_Paulo") -> datetime:
        """The instant at that hour in the zone, so many days from today (negative: before)."""
        return datetime.combine(self.today + timedelta(days=days), time(hour, minute), tzinfo=ZoneInfo(zone)).astimezone(UTC)
