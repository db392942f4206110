"""Rows for tests, made with plain unique values."""

from datetime import date, timedelta
from itertools import count

from core.clock import now
from core.db import session
from core.people.actions import add_person, begin_employment, grant_role
from core.people.models import Company, Department, Employment, JobRole, Location, Person
from core.people.queries import find_company, get_person_by_key
from core.people.rights import Role
from training.auditing.actions import give_access
from training.auditing.scope import Scope

_number = count(1)


def make_company(name: str = "Banco Aurora") -> Company:
    """The company, made once."""
    found = find_company()
    if found is None:
        found = Company(name=name, culture="We listen first.", vision="A bank people recommend.", mission="Good advice for everyone.")
        session.add(found)
        session.flush()
    return found


def make_department(name: str = "") -> Department:
    """A department."""
    row = Department(name=name or f"Department {next(_number)}")
    session.add(row)
    session.flush()
    return row


def make_location(name: str = "", *, region: str = "SP", time_zone: str = "America/Sao_Paulo") -> Location:
    """A place of work."""
    row = Location(name=name or f"Branch {next(_number)}", city="São Paulo", region=region, time_zone=time_zone)
    session.add(row)
    session.flush()
    return row


def make_job_role(name: str = "") -> JobRole:
    """A job role."""
    row = JobRole(name=name or f"Job role {next(_number)}")
    session.add(row)
    session.flush()
    return row


def make_person(name: str = "Ana Lima", *, roles: tuple[Role, ...] = (), email: str | None = None, locale: str = "en") -> Person:
    """A person with these roles, their grants loaded."""
    person = add_person(name=name, email=email or f"person{next(_number)}@example.test", by=None, locale=locale)
    for role in roles:
        grant_role(person, role, by=None)
    session.flush()
    if Role.AUDITOR in roles:
        give_access(person, Scope(), reason="An audit in a test", ends_at=now() + timedelta(days=90), by=None)
    session.expire(person)
    return get_person_by_key(person.id)


def make_employment(
    person: Person,
    *,
    job_role: JobRole | None = None,
    department: Department | None = None,
    location: Location | None = None,
    manager: Person | None = None,
    starts_on: date = date(2026, 1, 5),
) -> Employment:
    """Employ a person."""
    return begin_employment(
        person,
        job_role=job_role or make_job_role(),
        department=department or make_department(),
        location=location or make_location(),
        manager=manager,
        starts_on=starts_on,
        by=None,
    )
