"""Changing persons, their roles and their employment."""

from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed
from core.people.models import Company, Department, Employment, EmploymentType, JobRole, Location, Person, RoleGrant
from core.people.queries import find_employment
from core.people.rights import Right, Role


def one_line(text: str) -> str:
    """Text without line breaks or control characters, so that a name can stand in a mail header."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def add_person(*, name: str, email: str, by: Person | None, phone: str = "", locale: str = "pt_BR", time_zone: str = "America/Sao_Paulo") -> Person:
    """Write down a person the company has not known before. Raises Invalid without a name."""
    name = one_line(name)
    if not name:
        raise Invalid(_("A name is needed."), field="name")
    person = Person(name=name, email=email.strip(), phone=phone, locale=locale, time_zone=time_zone, grants=[])
    session.add(person)
    session.flush()
    record("core.person.added", person, by=by, person=person, personal={"name": name, "email": email})
    return person


def grant_role(person: Person, role: Role, *, by: Person | None, begins_at: datetime | None = None) -> None:
    """Give a person a role, from an instant on if one is given.

    Raises NotAllowed unless `by` administers (None: the system) and for one's own roles.
    """
    _insist_on_administrator(person, by)
    if role in person.roles:
        return
    grant = RoleGrant(role=role, granted_by_id=by.id if by else None, begins_at=begins_at, ended_at=None)
    grant.person = person
    session.add(grant)
    session.flush()
    record("core.role.granted", person, by=by, person=person, changes={"role": role.value})


def end_role(person: Person, role: Role, *, by: Person | None) -> None:
    """Take a role from a person, from this instant. Raises Conflict for the last administrator."""
    _insist_on_administrator(person, by)
    if role is Role.ADMINISTRATOR and _administrators() <= 1:
        raise Conflict(_("This is the last administrator. Make somebody else an administrator first."))
    for grant in [grant for grant in person.grants if grant.role is role and grant.ended_at is None]:
        grant.ended_at = now()
        record("core.role.ended", person, by=by, person=person, changes={"role": role.value})
    session.flush()
    session.expire(person, ["grants"])


def _administrators() -> int:
    open_grants = select(func.count()).select_from(RoleGrant).where(RoleGrant.role == Role.ADMINISTRATOR, RoleGrant.ended_at.is_(None))
    return session.scalars(open_grants).one()


def _insist_on_administrator(person: Person, by: Person | None) -> None:
    if by is None:
        return
    if by.id == person.id:
        raise NotAllowed(_("Nobody changes their own roles. Ask another administrator."))
    if not by.may(Right.ADMINISTER):
        raise NotAllowed(_("Only an administrator changes roles."))


def begin_employment(
    person: Person,
    *,
    job_role: JobRole,
    department: Department,
    location: Location,
    manager: Person | None,
    starts_on: date,
    employment_type: EmploymentType = EmploymentType.FULL_TIME,
    by: Person | None,
) -> Employment:
    """Employ a person from a day on, or move them: an employment that is running on that day ends the day before.

    Raises Invalid when the person would be their own manager.
    """
    if manager is not None and manager.id == person.id:
        raise Invalid(_("Nobody manages themselves."), field="manager")
    running = find_employment(person, on=starts_on)
    hired_on = starts_on
    if running is not None:
        hired_on = running.hired_on
        if running.valid_from == starts_on:
            running.superseded_at = now()
        else:
            running.end_with(starts_on - timedelta(days=1))
    employment = Employment(
        person=person,
        job_role=job_role,
        department=department,
        location=location,
        manager=manager,
        employment_type=employment_type,
        hired_on=hired_on,
        valid_from=starts_on,
        valid_to=None,
        superseded_at=None,
    )
    session.add(employment)
    session.flush()
    changes = {
        "job_role": job_role.id,
        "department": department.id,
        "location": location.id,
        "manager": None if manager is None else manager.id,
        "from": starts_on.isoformat(),
    }
    record("core.employment.begun", employment, by=by, person=person, changes=changes)
    return employment


def take_back_employment(employment: Employment, *, reason: str, by: Person | None) -> None:
    """Note that an employment never began: it was not so. What ended for it the day before goes on. Again changes nothing."""
    if employment.superseded_at is not None:
        return
    employment.superseded_at = now()
    before = select(Employment).where(
        Employment.person_id == employment.person_id,
        Employment.superseded_at.is_(None),
        Employment.valid_to == employment.valid_from - timedelta(days=1),
    )
    for earlier in session.scalars(before.order_by(Employment.id)):
        earlier.end_with(None)
    session.flush()
    record("core.employment.never_begun", employment, by=by, person=employment.person, reason=reason)


def describe_company(
    company: Company,
    *,
    name: str,
    culture: str,
    vision: str,
    mission: str,
    website: str,
    address: str,
    asks_survey: bool = False,
    needs_requisition: bool = False,
    by: Person,
) -> None:
    """Change the company's profile as candidates read it, and what it asks for. Raises NotAllowed without the right."""
    if not (by.may(Right.ADMINISTER) or by.may(Right.WRITE_POSTINGS)):
        raise NotAllowed(_("Only recruiters and administrators change the company's profile."))
    wanted: dict[str, str | bool] = {"culture": culture, "vision": vision, "mission": mission, "website": website, "address": address}
    wanted |= {"name": one_line(name), "asks_survey": asks_survey, "needs_requisition": needs_requisition}
    changed = [field for field, value in wanted.items() if getattr(company, field) != value]
    for field in changed:
        setattr(company, field, wanted[field])
    session.flush()
    record("core.company.described", company, by=by, changes={"fields": changed})
