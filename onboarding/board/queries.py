"""Reading the board: everybody on their way in, what is late and with whom, and who starts when."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, select
from sqlalchemy.orm import contains_eager, joinedload

from core.accounts.models import Account
from core.db import session
from core.people.models import Employment, JobRole, Location, Person
from core.people.search import name_contains
from core.web.paging import Page, one_page_of
from onboarding.board.stages import MONTH, WEEK, Stage
from onboarding.checklists.models import ASKED_KINDS, Checklist, ChecklistKind, ChecklistState, Task, TaskState
from onboarding.checklists.queries import sees_checklist
from onboarding.templates.models import Part, Phase

WITH_OWNER = (TaskState.OPEN, TaskState.RETURNED)
MOST = 12


@dataclass(frozen=True)
class BoardFilter:
    """What of the board is asked for. Empty fields ask for nothing."""

    kind: ChecklistKind = ChecklistKind.JOINING
    state: ChecklistState | None = ChecklistState.RUNNING
    words: str = ""
    stage: Stage | None = None
    department: UUID | None = None
    location: UUID | None = None
    late: bool = False


@dataclass(frozen=True)
class BoardRow:
    """One onboarding on the board."""

    checklist: Checklist
    stage: Stage


def stage_on(day: date) -> ColumnElement[str]:
    """The stage of a checklist on a day, as the database works it out."""
    ahead = Checklist.starts_on > day
    unopened = exists().where(Account.person_id == Checklist.person_id, Account.password_hash.is_(None), Account.closed_at.is_(None))
    steps = exists().where(
        Task.checklist_id == Checklist.id, Task.part == Part.NEW_HIRE, Task.phase == Phase.BEFORE_DAY_ONE, Task.state.in_(WITH_OWNER)
    )
    return case(
        (and_(ahead, unopened), literal(Stage.INVITED.value)),
        (and_(ahead, steps), literal(Stage.PREBOARDING.value)),
        (ahead, literal(Stage.PRE_START.value)),
        (Checklist.starts_on > day - timedelta(days=WEEK), literal(Stage.FIRST_WEEK.value)),
        (Checklist.starts_on > day - timedelta(days=MONTH), literal(Stage.FIRST_MONTH.value)),
        else_=literal(Stage.RAMPING_UP.value),
    )


def board(viewer: Person, wanted: BoardFilter, *, on: date, number: int) -> Page[BoardRow]:
    """One page of the onboardings the viewer oversees (not their own), earliest start first, with people, place and stage."""
    stage = stage_on(on)
    query = (
        select(Checklist, stage)
        .join(Person, Person.id == Checklist.person_id)
        .join(Employment, Employment.id == Checklist.employment_id)
        .where(sees_checklist(viewer), Checklist.person_id != viewer.id, Checklist.kind == wanted.kind)
        .options(
            contains_eager(Checklist.person).load_only(Person.public_id, Person.name),
            contains_eager(Checklist.employment)
            .load_only(Employment.id)
            .options(joinedload(Employment.job_role).load_only(JobRole.name), joinedload(Employment.location).load_only(Location.name)),
        )
        .order_by(Checklist.starts_on, Checklist.id)
    )
    return one_page_of(_board_row, _narrowed(query, wanted, stage, on=on), number=number, size=20)


def _board_row(checklist: Checklist, stage: str) -> BoardRow:
    return BoardRow(checklist, Stage(stage))


def _narrowed(query: Select[Checklist, str], wanted: BoardFilter, stage: ColumnElement[str], *, on: date) -> Select[Checklist, str]:
    if wanted.state is not None:
        query = query.where(Checklist.state == wanted.state)
    if wanted.words:
        query = query.where(name_contains(wanted.words))
    if wanted.stage is not None:
        query = query.where(stage == wanted.stage.value)
    if wanted.department is not None:
        query = query.where(Employment.department.has(public_id=wanted.department))
    if wanted.location is not None:
        query = query.where(Employment.location.has(public_id=wanted.location))
    if wanted.late:
        query = query.where(exists().where(Task.checklist_id == Checklist.id, Task.state.in_(WITH_OWNER), Task.due_on < on))
    return query


@dataclass(frozen=True)
class LateOwner:
    """Somebody with late tasks; without a person, the team of a part."""

    person_id: UUID | None
    name: str
    part: Part | None
    count: int
    oldest_on: date


def late_by_owner(viewer: Person, *, on: date) -> Sequence[LateOwner]:
    """Who has the most late tasks in the onboardings the viewer oversees. What other areas say is done (courses, shadowing) is not counted."""
    team = case((Task.owner_id.is_(None), Task.part), else_=None)
    query = (
        select(Person.public_id, Person.name, team, func.count(), func.min(Task.due_on))
        .select_from(Task)
        .join(Checklist, Checklist.id == Task.checklist_id)
        .outerjoin(Person, Person.id == Task.owner_id)
        .where(*_late(viewer, on=on))
        .group_by(Person.public_id, Person.name, team)
        .order_by(func.count().desc(), func.min(Task.due_on), Person.name, team)
        .limit(MOST)
    )
    return [LateOwner(key, name or "", Part(part) if part else None, count, oldest) for key, name, part, count, oldest in session.execute(query)]


@dataclass(frozen=True)
class Bottleneck:
    """A task that is late in many onboardings."""

    title: str
    people: int
    oldest_on: date


def bottlenecks(viewer: Person, *, on: date) -> Sequence[Bottleneck]:
    """The tasks that are late with the most people, of the onboardings the viewer oversees."""
    query = (
        select(func.max(Task.title), func.count(), func.min(Task.due_on))
        .join(Checklist, Checklist.id == Task.checklist_id)
        .where(*_late(viewer, on=on))
        .group_by(Task.key)
        .order_by(func.count().desc(), func.min(Task.due_on), Task.key)
        .limit(MOST)
    )
    return [Bottleneck(*row) for row in session.execute(query)]


def _late(viewer: Person, *, on: date) -> tuple[ColumnElement[bool], ...]:
    return (
        Task.state.in_(WITH_OWNER),
        Task.due_on < on,
        Task.kind.not_in(ASKED_KINDS),
        Checklist.state == ChecklistState.RUNNING,
        Checklist.person_id != viewer.id,
        sees_checklist(viewer),
    )


def late_tasks_of(owner: Person, viewer: Person, *, on: date) -> Sequence[Task]:
    """The late tasks of one owner in the onboardings the viewer oversees, by day, with the new hire."""
    query = (
        select(Task)
        .join(Checklist, Checklist.id == Task.checklist_id)
        .where(Task.owner_id == owner.id, *_late(viewer, on=on))
        .options(contains_eager(Task.checklist).joinedload(Checklist.person))
        .order_by(Task.due_on, Task.id)
        .limit(100)
    )
    return session.scalars(query).all()


def tasks_to_hand_over(owner: Person, *, limit: int = 300) -> Sequence[Task]:
    """What one person has to do for others, by day, with the new hire: the tasks that somebody else could do."""
    query = (
        select(Task)
        .join(Checklist, Checklist.id == Task.checklist_id)
        .where(Task.owner_id == owner.id, Task.state.in_(WITH_OWNER), Checklist.state == ChecklistState.RUNNING, Checklist.person_id != owner.id)
        .options(contains_eager(Task.checklist).joinedload(Checklist.person))
        .order_by(Task.due_on, Task.id)
        .limit(limit)
    )
    return session.scalars(query).all()


def owners_of_open_tasks() -> Sequence[Person]:
    """Everybody who has something to do for a new hire, by name."""
    busy = (
        select(Task.owner_id)
        .join(Checklist, Checklist.id == Task.checklist_id)
        .where(Task.state.in_(WITH_OWNER), Checklist.state == ChecklistState.RUNNING, Checklist.person_id != Task.owner_id)
    )
    return session.scalars(select(Person).where(Person.id.in_(busy)).order_by(Person.name, Person.id).limit(500)).all()


@dataclass(frozen=True)
class Starter:
    """Somebody who starts on a day."""

    checklist_id: UUID
    name: str
    job_role: str
    place: str
    starts_on: date


def starters(viewer: Person, *, first: date, last: date, limit: int = 400) -> Sequence[Starter]:
    """Who starts between the days, by day and name."""
    query = (
        select(Checklist.public_id, Person.name, JobRole.name, Location.name, Checklist.starts_on)
        .join(Person, Person.id == Checklist.person_id)
        .join(Employment, Employment.id == Checklist.employment_id)
        .join(JobRole, JobRole.id == Employment.job_role_id)
        .join(Location, Location.id == Employment.location_id)
        .where(
            sees_checklist(viewer),
            Checklist.kind == ChecklistKind.JOINING,
            Checklist.state != ChecklistState.CANCELLED,
            Checklist.starts_on.between(first, last),
        )
        .order_by(Checklist.starts_on, Person.name, Checklist.id)
        .limit(limit)
    )
    return [Starter(*row) for row in session.execute(query)]


def chosen(tasks: Collection[Task], keys: Collection[str]) -> list[Task]:
    """Those of the tasks whose public ids were ticked."""
    return [task for task in tasks if str(task.public_id) in keys]
