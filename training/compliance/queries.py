"""Reading who must hold what, and the evidence for it. Page, totals and export ask the same question here."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, Date, Integer, Select, and_, bindparam, literal, or_, select, true, union_all
from sqlalchemy.orm import aliased, joinedload

from core.db import session
from core.documents.models import IssuedDocument
from core.errors import NotFound
from core.people.models import Department, Employment, JobRole, Location, Person
from training.auditing.scope import Scope
from training.auditing.sight import employment_within, scope_of
from training.catalogue.models import CourseVersion
from training.certificates.models import Certificate, CertificateState
from training.compliance import policy
from training.compliance.filtering import ComplianceFilter, employed, fitting
from training.requirements.models import Completion


@dataclass(frozen=True)
class PersonLine:
    """A person as the matrix names them, where they belonged on the day."""

    key: int
    id: UUID
    name: str
    role: str
    department: str
    place: str
    manager: str


def people_in_sight(
    viewer: Person,
    wanted: ComplianceFilter,
    *,
    on: date,
    known_at: datetime | None = None,
    among: Select[int] | None = None,
    skip: int = 0,
    at_most: int | None = None,
) -> list[PersonLine]:
    """Everyone employed on the day whom the viewer sees and who fits the filter, by name, as light tuples; all, or a stretch of them;
    or of those `among` a select of inner keys."""
    if known_at is None and among is None and at_most is not None and wanted.is_of_everybody and scope_of(viewer) is None:
        only_a_team = not policy.sees_everybody(viewer)
        asked = {"on": on, "skip": skip, "at_most": at_most} | ({"team_of": viewer.id} if only_a_team else {})
        return _lines(session.execute(_first_look(only_a_team=only_a_team), asked))
    query = _people().where(*fitting(wanted, viewer, on=on, known_at=known_at))
    if among is not None:
        query = query.where(Person.id.in_(among))
    return _lines(session.execute(query.offset(skip).limit(at_most)))


_MANAGER = aliased(Person)


def _people() -> Select[int, UUID, str, str, str, str, str]:
    """Everyone with employment, by name, as a person's line wants them."""
    return (
        select(Person.id, Person.public_id, Person.name, JobRole.name, Department.name, Location.name, _MANAGER.name)
        .join(Employment, Employment.person_id == Person.id)
        .join(JobRole, JobRole.id == Employment.job_role_id)
        .join(Department, Department.id == Employment.department_id)
        .join(Location, Location.id == Employment.location_id)
        .outerjoin(_MANAGER, _MANAGER.id == Employment.manager_id)
        .order_by(Person.name, Person.id, Employment.id)
    )


@cache
def _first_look(*, only_a_team: bool) -> Select[int, UUID, str, str, str, str, str]:
    """The page without a filter, on the day `on`, from `skip`, `at_most`; built once, because most looks are such."""
    day = bindparam("on", type_=Date)
    query = _people().where(
        Employment.superseded_at.is_(None), Employment.valid_from <= day, or_(Employment.valid_to.is_(None), Employment.valid_to >= day)
    )
    if only_a_team:
        query = query.where(Employment.manager_id == bindparam("team_of"))
    return query.offset(bindparam("skip", type_=Integer)).limit(bindparam("at_most", type_=Integer))


def _lines(rows: Iterable[Any]) -> list[PersonLine]:
    found: dict[int, PersonLine] = {}
    for key, public_id, name, role, department, place, led_by in rows:
        found.setdefault(key, PersonLine(key, public_id, name, role, department, place, led_by or ""))
    return list(found.values())


def keys_in_sight(viewer: Person, *, on: date, known_at: datetime | None = None) -> Select[int]:
    """A select of the inner keys of everyone employed on the day whom the viewer sees."""
    return select(Employment.person_id).where(*employed(viewer, on=on, known_at=known_at))


def keys_that_fit(viewer: Person, wanted: ComplianceFilter, *, on: date) -> Select[int] | None:
    """A select of the inner keys of those of them who fit the filter; None when that is everybody employed on the day."""
    if policy.sees_everybody(viewer) and wanted.is_of_everybody and scope_of(viewer) is None:
        return None
    return select(Employment.person_id).where(*fitting(wanted, viewer, on=on))


@dataclass
class FilterChoices:
    """What the filter offers, by name: public ids and names."""

    departments: list[tuple[UUID, str]] = field(default_factory=list)
    roles: list[tuple[UUID, str]] = field(default_factory=list)
    managers: list[tuple[UUID, str]] = field(default_factory=list)
    places: list[tuple[UUID, str]] = field(default_factory=list)


def filter_choices(viewer: Person, *, on: date) -> FilterChoices:
    """Every department, job role and place, and whoever leads anybody the viewer sees on the day, in one statement."""
    choices = FilterChoices()
    lists = (choices.departments, choices.roles, choices.managers, choices.places)
    team_of = 0 if policy.sees_everybody(viewer) else viewer.id
    scope = scope_of(viewer)
    statement = _choices(only_a_team=bool(team_of)) if scope is None else _choices_within(scope)
    for kind, public_id, name in session.execute(statement, {"on": on, "team_of": team_of}):
        lists[kind].append((public_id, name))
    return choices


def _choices_within(scope: Scope) -> CompoundSelect[*tuple[Any, ...]]:
    """The same of what lies within a scope."""
    day = bindparam("on", type_=Date)
    seen = [Employment.superseded_at.is_(None), Employment.valid_from <= day, *employment_within(scope)]
    departments = select(Department.public_id).where(Department.id.in_(select(Employment.department_id).where(*seen)))
    places = select(Employment.location_id).where(*seen)
    return _listed(departments=Department.public_id.in_(departments), places=Location.id.in_(places), led=select(Employment.manager_id).where(*seen))


@cache
def _choices(*, only_a_team: bool) -> CompoundSelect[*tuple[Any, ...]]:
    """The statement behind the choices, for the day `on` and the team of `team_of`; built once."""
    day = bindparam("on", type_=Date)
    led = select(Employment.manager_id).where(
        Employment.superseded_at.is_(None), Employment.valid_from <= day, or_(Employment.valid_to.is_(None), Employment.valid_to >= day)
    )
    if only_a_team:
        led = led.where(Employment.manager_id == bindparam("team_of"))
    return _listed(departments=true(), places=true(), led=led)


def _listed(*, departments: ColumnElement[bool], places: ColumnElement[bool], led: Select[int | None]) -> CompoundSelect[*tuple[Any, ...]]:
    return union_all(
        select(literal(0).label("kind"), Department.public_id, Department.name.label("name")).where(departments),
        select(literal(1), JobRole.public_id, JobRole.name),
        select(literal(2), Person.public_id, Person.name).where(Person.id.in_(led)),
        select(literal(3), Location.public_id, Location.name).where(places),
    ).order_by("kind", "name")


def get_person_in_sight(person_id: UUID, *, viewer: Person, on: date) -> Person:
    """The person, if the viewer sees their training: everybody with the right, one's team, oneself. Raises NotFound."""
    found = session.scalars(select(Person).where(Person.public_id == person_id).options(joinedload(Person.grants))).unique().one_or_none()
    if found is None:
        raise NotFound
    if found.id == viewer.id or (policy.sees_everybody(viewer) and scope_of(viewer) is None):
        return found
    in_team = session.scalars(keys_in_sight(viewer, on=on).where(Employment.person_id == found.id).limit(1)).one_or_none()
    if in_team is None:
        raise NotFound
    return found


def completions_for_evidence(person: Person, *, on: date, known_at: datetime | None = None) -> list[tuple[Completion, Certificate | None]]:
    """Every completion of the person up to the day, also withdrawn ones, newest first, with version, its approver and the certificate.

    With an instant, only what had been written down by then.
    """
    version = joinedload(Completion.course_version).load_only(CourseVersion.number, CourseVersion.public_id, CourseVersion.approved_by_id)
    query = (
        select(Completion, Certificate)
        .outerjoin(Certificate, and_(Certificate.completion_id == Completion.id, Certificate.state != CertificateState.REPLACED))
        .where(Completion.person_id == person.id, Completion.completed_on <= on)
        .options(version.joinedload(CourseVersion.approved_by).load_only(Person.name))
        .options(joinedload(Certificate.document).load_only(IssuedDocument.code))
    )
    if known_at is not None:
        query = query.where(Completion.recorded_at <= known_at)
    rows = session.execute(query.order_by(Completion.completed_on.desc(), Completion.id.desc()))
    return [(completion, certificate) for completion, certificate in rows]
