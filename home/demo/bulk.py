"""Many rows for benchmarks: written in bulk, without history or audit, after the demonstration that has both."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, insert, select

from core.clock import now
from core.db import session
from core.people.models import Employment, EmploymentType, Person
from core.people.naming import note_names
from core.world import World
from hiring.demo import add_applications as add_hiring_applications
from onboarding.demo import add_onboardings as begin_onboardings
from onboarding.demo import add_sessions

BATCH = 2000


def add_people(world: World, *, until: int) -> None:
    """Employ invented people until so many are employed."""
    present = session.scalars(select(func.count()).select_from(Employment)).one()
    manager = world.people["manager"]
    while present < until:
        size = min(BATCH, until - present)
        names = [f"Colega {present + number:05d}" for number in range(size)]
        rows = [
            {"public_id": _id(world), "name": name, "email": f"{name[-5:]}@colleagues.demo.trilha.test", "created_at": now(), "version": 1}
            for name in names
        ]
        keys = session.scalars(insert(Person).returning(Person.id, sort_by_parameter_order=True), rows).all()
        note_names(zip(keys, names, strict=True))
        employments = []
        for key in keys:
            day = world.today - timedelta(days=30 + world.random.randrange(1500))
            employments.append(
                {
                    "public_id": _id(world),
                    "person_id": key,
                    "job_role_id": world.random.choice(list(world.job_roles.values())[:3]).id,
                    "department_id": world.random.choice(list(world.departments.values())[:4]).id,
                    "location_id": world.random.choice(list(world.places.values())).id,
                    "manager_id": manager.id,
                    "employment_type": EmploymentType.FULL_TIME,
                    "hired_on": day,
                    "valid_from": day,
                    "recorded_at": now(),
                }
            )
        session.execute(insert(Employment), employments)
        present += size


def add_applications(world: World, *, until: int) -> None:
    """Add applications to the open postings until there are so many."""
    add_hiring_applications(world, until=until)


def add_onboardings(world: World, *, until: int, sessions: int) -> None:
    """Begin onboardings with sixty tasks each until so many people are in one, and schedule shadowing until there are so many sessions."""
    begin_onboardings(world, until=until)
    add_sessions(world, until=sessions)


def _id(world: World) -> UUID:
    return UUID(int=world.random.getrandbits(128), version=4)
