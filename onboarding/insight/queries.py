"""Reading what the figures are made of, always of the onboardings the viewer oversees, and always with whose they are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload

from core.clock import now
from core.db import session
from core.people.models import Department, Employment, JobRole, Location, Person
from onboarding.checklists.models import ASKED_KINDS, FINISHED, Checklist, ChecklistSource, ChecklistState, Task, TaskState
from onboarding.checklists.queries import sees_checklist
from onboarding.shadowing.models import Session, SessionDay, SessionState
from onboarding.templates.models import Phase, Template, TemplateTask, TemplateVersion

FARTHEST = timedelta(hours=14)  # how far a place is from Greenwich at most
TOOK_PLACE = (SessionState.HELD, SessionState.SIGNED_OFF)


@dataclass(frozen=True)
class InsightFilter:
    """Which onboardings are looked at: of those who start within these months, in the department and role. None means all."""

    since: date | None = None
    until: date | None = None
    department: UUID | None = None
    role: UUID | None = None

    @property
    def end(self) -> date | None:
        """The first day after the last month."""
        return None if self.until is None else (self.until.replace(day=28) + timedelta(days=4)).replace(day=1)


def overseen(viewer: Person, wanted: InsightFilter, *, by_start: bool = True) -> list[ColumnElement[bool]]:
    """The conditions for the checklists looked at, in a query that joins Employment."""
    conditions = [sees_checklist(viewer), Checklist.person_id != viewer.id]
    if by_start and wanted.since is not None:
        conditions.append(Checklist.starts_on >= wanted.since)
    if by_start and wanted.end is not None:
        conditions.append(Checklist.starts_on < wanted.end)
    if wanted.department is not None:
        conditions.append(Employment.department_id.in_(select(Department.id).where(Department.public_id == wanted.department)))
    if wanted.role is not None:
        conditions.append(Employment.job_role_id.in_(select(JobRole.id).where(JobRole.public_id == wanted.role)))
    return conditions


def _looked_at(query: Select[*tuple[Any, ...]], viewer: Person, wanted: InsightFilter, *, by_start: bool = True) -> Select[*tuple[Any, ...]]:
    return query.join(Employment, Employment.id == Checklist.employment_id).where(*overseen(viewer, wanted, by_start=by_start))


@dataclass(frozen=True)
class Stand:
    """One onboarding: its role, its state, and the phases in which something required is not done yet."""

    checklist_id: int
    person_id: int
    role: str
    starts_on: date
    state: ChecklistState
    unfinished: frozenset[Phase]
    last_done_at: datetime | None
    zone: str  # of the place, on whose days everything is counted

    def day_of(self, at: datetime) -> date:
        """The day an instant falls on at the place."""
        return at.astimezone(ZoneInfo(self.zone)).date()


def stands(viewer: Person, wanted: InsightFilter) -> list[Stand]:
    """Each onboarding looked at. What training and shadowing say of their tasks is not asked here."""
    query = select(Checklist.id, Checklist.person_id, JobRole.name, Checklist.starts_on, Checklist.state, Location.time_zone)
    query = _looked_at(query, viewer, wanted).join(JobRole, JobRole.id == Employment.job_role_id)
    query = query.join(Location, Location.id == Employment.location_id).order_by(Checklist.id)
    plain = (Task.required.is_(True), Task.kind.not_in(ASKED_KINDS))
    left = select(Task.checklist_id, Task.phase).join(Checklist, Checklist.id == Task.checklist_id).where(*plain, Task.state.not_in(FINISHED))
    unfinished: dict[int, set[Phase]] = {}
    for key, phase in session.execute(_looked_at(left, viewer, wanted).group_by(Task.checklist_id, Task.phase).order_by(Task.checklist_id)):
        unfinished.setdefault(key, set()).add(phase)
    ended = select(Task.checklist_id, func.max(Task.done_at)).join(Checklist, Checklist.id == Task.checklist_id).where(*plain)
    last: dict[int, datetime] = {}
    for key, at in session.execute(_looked_at(ended, viewer, wanted).group_by(Task.checklist_id).order_by(Task.checklist_id)):
        last[key] = at
    return [
        Stand(key, person, role, starts_on, state, frozenset(unfinished.get(key, ())), last.get(key), zone)
        for key, person, role, starts_on, state, zone in session.execute(query)
    ]


def asked_tasks(checklist_ids: Collection[int]) -> Sequence[Any]:
    """The required training, shadowing and review tasks of these onboardings: checklist, kind, course, moment, whether it was waived; in order
    of their days."""
    query = select(Task.checklist_id, Task.kind, Task.course_id, Task.moment, Task.state.in_(FINISHED))
    query = query.where(Task.checklist_id.in_(checklist_ids), Task.required.is_(True), Task.kind.in_(ASKED_KINDS))
    return session.execute(query.order_by(Task.checklist_id, Task.due_on, Task.position, Task.id)).all()


def signed_off(person_ids: Collection[int]) -> dict[int, list[datetime]]:
    """When sessions of each of the people were signed off, in order."""
    query = select(Session.person_id, Session.signed_off_at).where(Session.person_id.in_(person_ids), Session.state == SessionState.SIGNED_OFF)
    found: dict[int, list[datetime]] = {}
    for person, at in session.execute(query.order_by(Session.signed_off_at, Session.id)):
        if at is not None:  # which the database holds
            found.setdefault(person, []).append(at)
    return found


@dataclass(frozen=True)
class Punctual:
    """How many tasks of one onboarding, under one label, were due, and how many of them were done in time."""

    label: str
    checklist_id: int
    due: int
    in_time: int


def punctual(viewer: Person, wanted: InsightFilter, by: str, *, on: date) -> list[Punctual]:
    """Tasks due before the day by phase, part or template. What was waived or belongs to a cancelled onboarding was not due.

    Training and shadowing are not ticked and so have no day; a document counts from when it was accepted.
    """
    label: InstrumentedAttribute[Any] = {"phase": Task.phase, "part": Task.part, "template": Template.name}[by]
    in_time = case((_done_on() <= Task.due_on, 1), else_=0)
    query = select(label, Task.checklist_id, func.count(), func.sum(in_time)).join(Checklist, Checklist.id == Task.checklist_id)
    query = _looked_at(query, viewer, wanted).join(Location, Location.id == Employment.location_id)
    if by == "template":
        query = (
            query.join(ChecklistSource, ChecklistSource.checklist_id == Checklist.id)
            .join(TemplateTask, (TemplateTask.template_version_id == ChecklistSource.template_version_id) & (TemplateTask.key == Task.key))
            .join(TemplateVersion, TemplateVersion.id == ChecklistSource.template_version_id)
            .join(Template, Template.id == TemplateVersion.template_id)
        )
    query = query.where(Task.due_on < on, Task.state != TaskState.WAIVED, Task.kind.not_in(ASKED_KINDS), Checklist.state != ChecklistState.CANCELLED)
    rows = session.execute(query.group_by(label, Task.checklist_id).order_by(label, Task.checklist_id))
    return [Punctual(str(name), key, due, int(done)) for name, key, due, done in rows]


def _done_on() -> ColumnElement[Any]:
    """The day a task was done at its place, in a query that joins Location. SQLite knows no zones: there each has the distance it has today."""
    if session.get_bind().dialect.name == "postgresql":
        return func.date(func.timezone(Location.time_zone, Task.done_at))
    zones = session.scalars(select(Location.time_zone).distinct().order_by(Location.time_zone)).all()
    minutes = {zone: int((now().astimezone(ZoneInfo(zone)).utcoffset() or timedelta()).total_seconds() // 60) for zone in zones}
    distance = case({zone: f"{far:+d} minutes" for zone, far in minutes.items()}, value=Location.time_zone) if minutes else "+0 minutes"
    return func.date(Task.done_at, distance)


def shadowed(viewer: Person, wanted: InsightFilter) -> Sequence[Any]:
    """Each day of the sessions that took place within the months: mentor's name, checklist of the new hire, session, from, until."""
    of_person = aliased(Checklist)
    latest = select(func.max(of_person.id)).where(of_person.person_id == Session.person_id).correlate(Session).scalar_subquery()
    query = (
        select(Person.name, Person.public_id, Checklist.id, Session.id, SessionDay.starts_at, SessionDay.ends_at, Session.time_zone)
        .join(SessionDay, SessionDay.session_id == Session.id)
        .join(Person, Person.id == Session.mentor_id)
        .join(Checklist, Checklist.id == latest)
    )
    query = _looked_at(query, viewer, wanted, by_start=False).where(Session.state.in_(TOOK_PLACE))
    if wanted.since is not None:
        query = query.where(SessionDay.starts_at >= datetime.combine(wanted.since, time(), UTC) - FARTHEST)
    if wanted.end is not None:
        query = query.where(SessionDay.starts_at < datetime.combine(wanted.end, time(), UTC) + FARTHEST)
    rows = session.execute(query.order_by(Person.name, Session.mentor_id, SessionDay.id)).all()
    return [tuple(row)[:6] for row in rows if _lies_in(wanted, row.starts_at.astimezone(ZoneInfo(row.time_zone)).date())]


def _lies_in(wanted: InsightFilter, day: date) -> bool:
    return (wanted.since is None or day >= wanted.since) and (wanted.end is None or day < wanted.end)


def checklists_behind(viewer: Person, keys: Sequence[int]) -> Sequence[Checklist]:
    """These onboardings, of those the viewer oversees, with person, job role and department, by start."""
    query = (
        select(Checklist)
        .where(Checklist.id.in_(keys), sees_checklist(viewer), Checklist.person_id != viewer.id)
        .options(
            joinedload(Checklist.person).load_only(Person.name),
            joinedload(Checklist.employment).options(
                joinedload(Employment.job_role).load_only(JobRole.name), joinedload(Employment.department).load_only(Department.name)
            ),
        )
        .order_by(Checklist.starts_on.desc(), Checklist.id.desc())
    )
    return session.scalars(query).all()


def months(viewer: Person) -> list[date]:
    """The months in which somebody the viewer oversees starts, the latest first."""
    query = select(Checklist.starts_on).where(sees_checklist(viewer), Checklist.person_id != viewer.id).distinct()
    return sorted({day.replace(day=1) for day in session.scalars(query.order_by(Checklist.starts_on))}, reverse=True)
