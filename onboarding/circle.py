"""Who stands around a new hire in the first ninety days, as the reporting line is today."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased, joinedload

from core.clock import today
from core.db import session
from core.errors import NotFound
from core.people.models import Employment, Person
from core.people.queries import people_with_right
from core.people.rights import Right
from onboarding.checklists.models import Checklist, ChecklistState


class Standpoint(Enum):
    """From where somebody looks at a new hire's first ninety days."""

    OWN = 1
    MANAGER = 2
    HR = 3
    AUDITOR = 4


@dataclass(frozen=True)
class Circle:
    """A new hire, their latest onboarding, their manager today, and where the viewer stands. Without a manager, human resources stands in."""

    person: Person
    checklist: Checklist
    manager: Person | None
    employment: Employment | None
    standpoint: Standpoint

    @property
    def is_own(self) -> bool:
        """Whether the viewer is the new hire."""
        return self.standpoint is Standpoint.OWN

    @property
    def leads(self) -> bool:
        """Whether the viewer is the manager, or stands in for a manager there is not."""
        return self.standpoint is Standpoint.MANAGER or (self.standpoint is Standpoint.HR and self.manager is None)

    @property
    def reads_texts(self) -> bool:
        """Whether the viewer reads what was written; auditors read days and outcomes only."""
        return self.standpoint is not Standpoint.AUDITOR


def leading(circle: Circle) -> list[Person]:
    """Who speaks for the manager's side: the manager, or where there is none those of human resources, the contact of the onboarding alone if
    there is one."""
    if circle.manager is not None:
        return [circle.manager]
    team = [person for person in people_with_right(Right.RUN_ONBOARDING) if person.id != circle.person.id]
    return [person for person in team if person.id == circle.checklist.hr_id] or team


def stands(employment: type[Employment], on: date) -> ColumnElement[bool]:
    """The condition for an employment in force on the day, or a first one that is still to begin."""
    return and_(
        employment.superseded_at.is_(None),
        or_(employment.valid_to.is_(None), employment.valid_to >= on),
        or_(employment.valid_from <= on, employment.valid_from == employment.hired_on),
    )


def reports_to(viewer: Person, person_id: ColumnElement[int], *, on: date) -> ColumnElement[bool]:
    """The condition that the person with this inner key has the viewer as manager on the day."""
    line = aliased(Employment)
    return exists(select(line.id).where(line.person_id == person_id, line.manager_id == viewer.id, stands(line, on)))


def stands_in_for(viewer: Person, person_id: ColumnElement[int], *, on: date) -> ColumnElement[bool]:
    """The condition that the person with this inner key is employed without a manager, so that human resources, the viewer, stands in."""
    line, led = aliased(Employment), aliased(Employment)
    employed = exists(select(line.id).where(line.person_id == person_id, stands(line, on)))
    managed = exists(select(led.id).where(led.person_id == person_id, led.manager_id.is_not(None), led.manager_id != led.person_id, stands(led, on)))
    return and_(person_id != viewer.id, employed, ~managed)


def oversees(viewer: Person, person_id: ColumnElement[int], *, on: date) -> ColumnElement[bool]:
    """The condition that the viewer is the manager, or of human resources, or an auditor; nobody oversees themselves."""
    others = person_id != viewer.id
    if sees_everybody(viewer):
        return others
    return and_(others, reports_to(viewer, person_id, on=on))


def sees_everybody(viewer: Person) -> bool:
    """Whether the viewer looks after all new hires: human resources, and auditors to read."""
    return viewer.may(Right.RUN_ONBOARDING) or viewer.may(Right.SEE_AUDIT)


def get_circle(person_id: UUID, *, viewer: Person) -> Circle:
    """The new hire with this public id as the viewer may see them, with role and manager. Raises NotFound."""
    query = (
        select(Checklist)
        .join(Person, Person.id == Checklist.person_id)
        .where(Person.public_id == person_id, Checklist.state != ChecklistState.CANCELLED)
        .options(joinedload(Checklist.person))
        .order_by(Checklist.starts_on.desc(), Checklist.id.desc())
        .limit(1)
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return circle_of(found, viewer=viewer)


def circle_of(checklist: Checklist, *, viewer: Person) -> Circle:
    """The circle of an onboarding whose person is loaded. Raises NotFound for who is not in it."""
    employment, manager = _line(checklist.person)
    return Circle(checklist.person, checklist, manager, employment, _standpoint(viewer, checklist.person, manager))


def circle_of_system(checklist: Checklist) -> Circle:
    """The same as the clock sees it, who reads texts as little as an auditor."""
    employment, manager = _line(checklist.person)
    return Circle(checklist.person, checklist, manager, employment, Standpoint.AUDITOR)


def _line(person: Person) -> tuple[Employment | None, Person | None]:
    employment = find_standing(person, on=today(person.time_zone))
    return employment, None if employment is None or employment.manager_id == person.id else employment.manager


def find_standing(person: Person, *, on: date) -> Employment | None:
    """The person's employment in force, or the first one still to begin, with role, place and manager."""
    query = (
        select(Employment)
        .where(Employment.person_id == person.id, stands(Employment, on))
        .options(joinedload(Employment.job_role), joinedload(Employment.location), joinedload(Employment.manager))
        .order_by(Employment.valid_from, Employment.id)
        .limit(1)
    )
    return session.scalars(query).one_or_none()


def _standpoint(viewer: Person, person: Person, manager: Person | None) -> Standpoint:
    if viewer.id == person.id:
        return Standpoint.OWN
    if manager is not None and viewer.id == manager.id:
        return Standpoint.MANAGER
    if viewer.may(Right.RUN_ONBOARDING):
        return Standpoint.HR
    if viewer.may(Right.SEE_AUDIT):
        return Standpoint.AUDITOR
    raise NotFound
