"""Reading persons, places and employment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from core.clock import now
from core.db import session
from core.errors import NotFound
from core.people.models import Company, Department, Employment, EmploymentEnd, JobRole, Location, Person, RoleGrant
from core.people.rights import RIGHTS_OF, RIGHTS_WITHIN_SCOPE, RIGHTS_WITHOUT_ACCESS, Right, Role
from core.people.search import name_contains
from core.web.paging import Page, one_page_of

_BELONGING = (
    joinedload(Employment.job_role),
    joinedload(Employment.department),
    joinedload(Employment.location),
    joinedload(Employment.manager),
)
_COMPANY = select(Company).order_by(Company.id).limit(1)
_DEPARTMENTS = select(Department).order_by(Department.name)
_LOCATIONS = select(Location).order_by(Location.name)


def get_person(person_id: UUID) -> Person:
    """The person with this public id, with their grants. Raises NotFound."""
    found = session.scalars(select(Person).where(Person.public_id == person_id).options(joinedload(Person.grants))).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def get_person_by_key(key: int) -> Person:
    """The person with this inner key, with their grants. Raises NotFound."""
    found = session.scalars(select(Person).where(Person.id == key).options(joinedload(Person.grants))).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def people_with_role(*roles: Role) -> Sequence[Person]:
    """Everyone who holds one of the roles now, by name."""
    return (
        session.scalars(
            select(Person)
            .where(Person.id.in_(select(RoleGrant.person_id).where(RoleGrant.role.in_(roles), RoleGrant.ended_at.is_(None))))
            .order_by(Person.name, Person.id)
            .options(joinedload(Person.grants))
        )
        .unique()
        .all()
    )


def people_with_right(right: Right) -> Sequence[Person]:
    """Everyone whose roles carry the right now, by name."""
    holders = select(RoleGrant.person_id).where(_carries(right))
    query = select(Person).where(Person.id.in_(holders)).order_by(Person.name, Person.id).options(joinedload(Person.grants))
    return session.scalars(query).unique().all()


def _carries(right: Right) -> ColumnElement[bool]:
    """The condition that a RoleGrant carries the right now; a role that needs access only while that lasts, and within its scope."""
    roles = [role for role, rights in RIGHTS_OF.items() if right in rights]
    lasting = [role for role in roles if role not in RIGHTS_WITHOUT_ACCESS or right in RIGHTS_WITHOUT_ACCESS[role]]
    passing = [role for role in roles if role not in lasting]
    narrow = [role for role in passing if right in RIGHTS_WITHIN_SCOPE[role]]
    during = and_(RoleGrant.role.in_(passing), RoleGrant.access_until > now(), or_(RoleGrant.is_narrow.is_(False), RoleGrant.role.in_(narrow)))
    return and_(RoleGrant.ended_at.is_(None), or_(RoleGrant.role.in_(lasting), during) if passing else RoleGrant.role.in_(lasting))


def still_with_right(people: Iterable[Person], right: Right) -> frozenset[int]:
    """The inner keys of those of the people whose roles carry the right now."""
    keys = {person.id for person in people}
    held = select(RoleGrant.person_id).where(RoleGrant.person_id.in_(keys), _carries(right))
    return frozenset(session.scalars(held.order_by(RoleGrant.id))) if keys else frozenset()


def has_right(person_id: InstrumentedAttribute[int], right: Right) -> ColumnElement[bool]:
    """The condition that the person of this key has the right now."""
    return exists().where(RoleGrant.person_id == person_id, _carries(right))


def has_left(person_id: InstrumentedAttribute[int], *, on: date) -> ColumnElement[bool]:
    """The condition that the person of this key was employed before the day, and is not on it nor later."""
    once = exists().where(Employment.person_id == person_id, Employment.superseded_at.is_(None))
    still = once.where(or_(Employment.valid_to.is_(None), Employment.valid_to >= on))
    return and_(once, ~still)


def employees(*, on: date) -> Sequence[Person]:
    """Everyone employed on the day, by name."""
    return session.scalars(
        select(Person).join(Employment, Employment.person_id == Person.id).where(*_holds(on)).order_by(Person.name, Person.id).distinct()
    ).all()


def _holds(on: date) -> tuple[ColumnElement[bool], ...]:
    return (
        Employment.superseded_at.is_(None),
        Employment.valid_from <= on,
        or_(Employment.valid_to.is_(None), Employment.valid_to >= on),
    )


def last_day_known(at: ColumnElement[datetime]) -> ColumnElement[date | None]:
    """The last day of an Employment as it was known at an instant; as it stands, where nothing was kept of that."""
    noted = select(EmploymentEnd.last_day).where(EmploymentEnd.employment_id == Employment.id)
    latest = noted.where(EmploymentEnd.recorded_at <= at).order_by(EmploymentEnd.recorded_at.desc(), EmploymentEnd.id.desc()).limit(1)
    return case((noted.correlate(Employment).exists(), latest.correlate(Employment).scalar_subquery()), else_=Employment.valid_to)


def find_employment(person: Person, *, on: date) -> Employment | None:
    """The person's employment on the day, with role, department, place and manager; None when not employed then."""
    return session.scalars(
        select(Employment)
        .where(Employment.person_id == person.id, *_holds(on))
        .options(*_BELONGING)
        .order_by(Employment.valid_from.desc(), Employment.id.desc())
        .limit(1)
    ).one_or_none()


def places_of(people: Iterable[Person], *, on: date) -> dict[int, Location]:
    """Where each of the people works on the day, by inner key; nobody who is not employed then."""
    keys = [person.id for person in people]
    query = (
        select(Employment.person_id, Location)
        .join(Location, Location.id == Employment.location_id)
        .where(Employment.person_id.in_(keys), *_holds(on))
        .order_by(Employment.valid_from, Employment.id)
    )
    return {row.person_id: row.Location for row in session.execute(query)}


@dataclass(frozen=True)
class Colleague:
    """Somebody employed on a day, as the directory names them."""

    public_id: UUID
    name: str
    job_role: str
    department: str
    place: str
    manager: str | None
    hired_on: date


def directory(*, on: date, words: str = "", number: int = 1, among: Select[int] | None = None) -> Page[Colleague]:
    """One page of everyone employed on the day, by name, with role, department, place and manager; only those of the keys `among`."""
    manager = aliased(Person)
    query = (
        select(Person.public_id, Person.name, JobRole.name, Department.name, Location.name, manager.name, Employment.hired_on)
        .join(Employment, Employment.person_id == Person.id)
        .join(JobRole, JobRole.id == Employment.job_role_id)
        .join(Department, Department.id == Employment.department_id)
        .join(Location, Location.id == Employment.location_id)
        .outerjoin(manager, manager.id == Employment.manager_id)
        .where(*_holds(on))
        .order_by(Person.name, Person.id, Employment.id)
    )
    if words:
        query = query.where(name_contains(words))
    if among is not None:
        query = query.where(Person.id.in_(among))
    return one_page_of(Colleague, query, number=number)


def employments_of(person: Person) -> Sequence[Employment]:
    """Every stretch of the person's employment that stands, latest first."""
    return session.scalars(
        select(Employment)
        .where(Employment.person_id == person.id, Employment.superseded_at.is_(None))
        .order_by(Employment.valid_from.desc(), Employment.id.desc())
        .options(*_BELONGING)
    ).all()


def standing_employment(person: Person, *, on: date) -> Employment | None:
    """The person's employment on the day, or else the one that comes next, with person, role, department, place and manager."""
    rows = [row for row in employments_of(person) if row.valid_to is None or row.valid_to >= on]
    if not rows:
        return None
    set_committed_value(rows[-1], "person", person)
    return rows[-1]


def coming_change(person: Person, *, on: date) -> Employment | None:
    """The last change of position that is written down for a later day, with person and belonging; None without one."""
    rows = employments_of(person)
    if len(rows) < 2 or rows[0].valid_from <= on or rows[0].hired_on == rows[0].valid_from:
        return None
    set_committed_value(rows[0], "person", person)
    return rows[0]


def open_grants(person: Person) -> Sequence[RoleGrant]:
    """The person's roles that have not been taken away, those for a later day too."""
    query = select(RoleGrant).where(RoleGrant.person_id == person.id, RoleGrant.ended_at.is_(None))
    return session.scalars(query.order_by(RoleGrant.id)).all()


def managers_by_key(*, on: date) -> dict[int, int]:
    """The reporting line on a day: inner key of everyone employed who has a manager → the manager's."""
    query = select(Employment.person_id, Employment.manager_id).where(Employment.manager_id.is_not(None), *_holds(on))
    return {row.person_id: row.manager_id for row in session.execute(query.order_by(Employment.valid_from, Employment.id))}


def reports_from(person: Person, *, day: date) -> Sequence[Employment]:
    """The employments on the day or later of those who report to the person then, with person and belonging, by name."""
    query = (
        select(Employment)
        .join(Person, Person.id == Employment.person_id)
        .where(
            Employment.manager_id == person.id,
            Employment.superseded_at.is_(None),
            or_(Employment.valid_to.is_(None), Employment.valid_to >= day),
        )
    )
    return session.scalars(query.options(joinedload(Employment.person), *_BELONGING).order_by(Person.name, Employment.id)).all()


def manages(manager: Person, person: Person, *, on: date) -> bool:
    """Whether the person reports to the manager on the day."""
    query = select(Employment.id).where(Employment.person_id == person.id, Employment.manager_id == manager.id, *_holds(on))
    return session.scalars(query.limit(1)).first() is not None


def has_reports(person: Person, *, on: date) -> bool:
    """Whether anybody reports to the person on the day."""
    query = select(Employment.id).where(Employment.manager_id == person.id, *_holds(on))
    return session.scalars(query.limit(1)).first() is not None


def people_named(words: str, *, limit: int = 20) -> Sequence[Person]:
    """People, employed or not, whose name contains the words, by name."""
    return session.scalars(select(Person).where(name_contains(words)).order_by(Person.name, Person.id).limit(limit)).all()


def find_company() -> Company | None:
    """The company's profile, if it has been set up."""
    return session.scalars(_COMPANY).one_or_none()


def time_zones() -> Sequence[str]:
    """The time zones people live in, by name."""
    return session.scalars(select(Person.time_zone).distinct().order_by(Person.time_zone)).all()


def departments() -> Sequence[Department]:
    """Every department, by name."""
    return session.scalars(_DEPARTMENTS).all()


def locations() -> Sequence[Location]:
    """Every place of work, by name."""
    return session.scalars(_LOCATIONS).all()


def job_roles() -> Sequence[JobRole]:
    """Every job role, by name."""
    return session.scalars(select(JobRole).order_by(JobRole.name)).all()
