"""Whom and what a report looks at, and the conditions on employment that follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, literal, or_, select
from sqlalchemy.orm import aliased

from core.db import Instant
from core.groups.models import DepartmentPlace
from core.people.models import Department, Employment, JobRole, Location, Person
from core.people.queries import last_day_known
from core.people.search import name_contains
from training.auditing.sight import employment_within, scope_of
from training.compliance import policy
from training.requirements.queries import RuleLine

BELOW = "below"


@dataclass(frozen=True)
class ComplianceFilter:
    """Whom and what to look at. Empty fields ask for nothing; `reach` is `below` for all who report to a manager's people too."""

    department: str = ""
    role: str = ""
    manager: str = ""
    words: str = ""
    place: str = ""
    reach: str = ""
    regulation: str = ""
    course: str = ""  # by its code
    alone: str = ""  # `yes` for a department without those below it

    @property
    def address(self) -> dict[str, str | None]:
        """What stands in an address that asks for the same."""
        return {name: text or None for name, text in vars(self).items()}

    @property
    def is_of_everybody(self) -> bool:
        """Whether it leaves everybody, and at most some of what is asked of them."""
        return self == ComplianceFilter(regulation=self.regulation, course=self.course)


Conditions = Sequence[ColumnElement[bool]]


def employed(viewer: Person, *, on: date, known_at: datetime | None = None) -> Conditions:
    """That somebody is employed on the day, as known at an instant, and the viewer sees them."""
    last_day: ColumnElement[date | None] = Employment.valid_to.expression
    if known_at is not None:
        last_day = last_day_known(literal(known_at, Instant))
    return [_stands(Employment, known_at), Employment.valid_from <= on, or_(last_day.is_(None), last_day >= on), *employment_in_sight(viewer)]


def _stands(model: type[Employment | DepartmentPlace], known_at: datetime | None) -> ColumnElement[bool]:
    """Whether a row was known, and not yet known to be wrong, at an instant; or now."""
    if known_at is None:
        return model.superseded_at.is_(None)
    return (model.recorded_at <= known_at) & or_(model.superseded_at.is_(None), model.superseded_at > known_at)


def employment_in_sight(viewer: Person) -> Conditions:
    """What holds of every stretch of employment in which the viewer sees somebody's training."""
    if not policy.sees_everybody(viewer):
        return [Employment.manager_id == viewer.id]
    return employment_within(scope_of(viewer))


def fitting(wanted: ComplianceFilter, viewer: Person, *, on: date, known_at: datetime | None = None) -> Conditions:
    """The same, and that somebody fits the filter."""
    conditions = employed(viewer, on=on, known_at=known_at)
    found = list(conditions)
    if wanted.department:
        asked = select(Department.id).where(Department.public_id == _uuid(wanted.department))
        found.append(Employment.department_id.in_(asked if wanted.alone else _with_those_below(asked, on=on, known_at=known_at)))
    for text, model, column in (
        (wanted.role, JobRole, Employment.job_role_id),
        (wanted.place, Location, Employment.location_id),
    ):
        if text:
            found.append(column.in_(select(model.id).where(model.public_id == _uuid(text))))
    if wanted.manager:
        found.append(_led_by(_uuid(wanted.manager), conditions, with_those_below=wanted.reach == BELOW))
    if wanted.words:
        found.append(Employment.person_id.in_(select(Person.id).where(name_contains(wanted.words))))
    return found


def _with_those_below(departments: Select[int], *, on: date, known_at: datetime | None) -> Select[int]:
    """These departments and all that stand below them on the day, as known at an instant."""
    later = aliased(DepartmentPlace)
    moved = exists().where(
        later.department_id == DepartmentPlace.department_id,
        later.valid_from > DepartmentPlace.valid_from,
        later.valid_from <= on,
        _stands(later, known_at),
    )
    standing = (_stands(DepartmentPlace, known_at), DepartmentPlace.valid_from <= on, ~moved)
    branch = departments.cte("branch", recursive=True)
    following: Select[int] = select(DepartmentPlace.department_id).join(branch, DepartmentPlace.parent_id == branch.c.id).where(*standing)
    return select(branch.union(following).c.id)


def _led_by(manager: UUID, conditions: Conditions, *, with_those_below: bool) -> ColumnElement[bool]:
    leader = select(Person.id).where(Person.public_id == manager)
    if not with_those_below:
        return Employment.manager_id.in_(leader)
    below = select(Employment.person_id).where(Employment.manager_id.in_(leader), *conditions).cte("below", recursive=True)
    following: Select[int] = select(Employment.person_id).join(below, Employment.manager_id == below.c.person_id).where(*conditions)
    return Employment.person_id.in_(select(below.union(following).c.person_id))


def asking(wanted: ComplianceFilter, lines: Sequence[RuleLine]) -> list[RuleLine]:
    """Those of the rules that answer to the regulation and ask for the course looked at."""
    return [line for line in lines if wanted.regulation in ("", line.fact.source) and wanted.course in ("", line.course_code)]


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
