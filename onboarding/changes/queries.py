"""Reading what a change would do to a checklist, and whose tasks go where."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from core.clock import now, today
from core.db import session
from core.errors import NotFound
from core.people.models import Employment, Location, Person
from core.people.queries import find_employment
from onboarding.changes.foreseeing import DayMoves, Difference, day_moves, difference
from onboarding.changes.models import ChangeKind, ComingChange, LeavingTask
from onboarding.checklists.models import Checklist, ChecklistKind, ChecklistSource, ChecklistState, Task, TaskState
from onboarding.checklists.queries import find_checklist_for, finished_elsewhere, tasks_of
from onboarding.checklists.standing import fact_of
from onboarding.shadowing.models import AHEAD, Session
from onboarding.templates.matching import compose, due_days
from onboarding.templates.models import TemplateTask
from onboarding.templates.queries import versions_for

EASTERNMOST = "Etc/GMT-14"  # where a day begins first
UNFINISHED = (TaskState.OPEN, TaskState.SUBMITTED, TaskState.RETURNED)


def days_after_move(checklist: Checklist, starts_on: date, location: Location) -> DayMoves:
    """What a new first day would move."""
    tasks = tasks_of(checklist)
    return day_moves(tasks, _finished(tasks), days=days_from(tasks, starts_on, location))


def days_from(tasks: Sequence[Task], starts_on: date, location: Location, *, added: Sequence[TemplateTask] = ()) -> dict[str, date]:
    """The day of each task by key, from the first day; what is due after a finished task counts from the day that was finished.

    `added` are tasks of templates that come to them.
    """
    ended = {task.key: task.done_at.astimezone(ZoneInfo(location.time_zone)).date() for task in tasks if task.done_at is not None}
    return due_days([*tasks, *added], starts_on, location, ended)


def difference_for(checklist: Checklist, employment: Employment) -> Difference:
    """What the templates in use ask of somebody so employed, beside what the checklist holds. The employment need not be written down."""
    tasks = tasks_of(checklist)
    return difference(tasks, compose(versions_for(employment), employment), source=copied_by(tasks, checklist), finished=_finished(tasks))


def copied_by(tasks: Sequence[Task], checklist: Checklist) -> dict[str, TemplateTask]:
    """What each task was copied from, by key; of tasks that do not say so, what has their key in the versions the checklist was made from."""
    versions = select(ChecklistSource.template_version_id).where(ChecklistSource.checklist_id == checklist.id)
    copied = {task.key: task.template_task_id for task in tasks if task.template_task_id is not None}
    wanted = or_(TemplateTask.template_version_id.in_(versions), TemplateTask.id.in_(copied.values()))
    rows = session.scalars(select(TemplateTask).where(wanted).order_by(TemplateTask.id)).all()
    found = {row.key: row for row in rows if row.key not in copied}
    return found | {row.key: row for row in rows if copied.get(row.key) == row.id}


def open_tasks_of(owner: Person, *, checklist: Checklist | None = None) -> Sequence[Task]:
    """What the person has to do in running checklists of others, by day, with the new hire; in one checklist, if given."""
    query = (
        select(Task)
        .join(Checklist, Checklist.id == Task.checklist_id)
        .where(Task.owner_id == owner.id, Task.state.in_(UNFINISHED), Checklist.state == ChecklistState.RUNNING, Checklist.person_id != owner.id)
        .options(joinedload(Task.checklist).joinedload(Checklist.person))
        .order_by(Task.due_on, Task.id)
    )
    if checklist is not None:
        query = query.where(Task.checklist_id == checklist.id)
    return session.scalars(query).all()


def checklists_around(person: Person) -> Sequence[Checklist]:
    """The running checklists of others in which the person is manager, buddy or contact, with people."""
    around = or_(Checklist.manager_id == person.id, Checklist.buddy_id == person.id, Checklist.hr_id == person.id)
    query = select(Checklist).where(around, Checklist.state == ChecklistState.RUNNING, Checklist.person_id != person.id)
    people = (joinedload(Checklist.person), joinedload(Checklist.manager), joinedload(Checklist.buddy), joinedload(Checklist.hr))
    return session.scalars(query.options(*people).order_by(Checklist.id)).all()


def shadowing_ahead(person: Person, *, after: date | None) -> Sequence[UUID]:
    """Public ids of the sessions to come in which the person shadows or is the mentor; of those that begin after a day, if one is given."""
    starts = now() if after is None else datetime.combine(after + timedelta(days=1), time(), tzinfo=ZoneInfo(person.time_zone))
    mine = or_(Session.person_id == person.id, Session.mentor_id == person.id)
    query = select(Session.public_id).where(mine, Session.state.in_(AHEAD), Session.starts_at >= max(starts, now()))
    return session.scalars(query.order_by(Session.starts_at, Session.id)).all()


def stand_in_for(person: Person, *, on: date) -> Person | None:
    """Who takes over from somebody who leaves: their manager, if that one is employed; None is the queue of human resources."""
    employment = find_employment(person, on=on)
    manager = employment.manager if employment is not None else None
    return manager if manager is not None and find_employment(manager, on=today(manager.time_zone)) is not None else None


def find_coming(employment: Employment, kind: ChangeKind) -> ComingChange | None:
    """What is written down to follow on a day of the employment, done or not."""
    return session.scalars(select(ComingChange).where(ComingChange.employment_id == employment.id, ComingChange.kind == kind)).one_or_none()


def checklist_through(employment: Employment) -> Checklist | None:
    """The onboarding of an employment, or the one that was begun earlier in the same stretch of employment, with people and employment."""
    query = (
        select(Employment)
        .join(Checklist, Checklist.employment_id == Employment.id)
        .where(
            Checklist.person_id == employment.person_id,
            Checklist.kind == ChecklistKind.JOINING,
            Employment.hired_on == employment.hired_on,
            Employment.valid_from <= employment.valid_from,
        )
        .order_by(Employment.valid_from.desc(), Employment.id.desc())
        .limit(1)
    )
    begun = session.scalars(query).one_or_none()
    return None if begun is None else find_checklist_for(begun)


def stays_employed(employment: Employment) -> bool:
    """Whether the person is employed even if this employment never begins."""
    day = today(employment.location.time_zone)
    query = select(Employment.id).where(
        Employment.person_id == employment.person_id,
        Employment.id != employment.id,
        Employment.superseded_at.is_(None),
        or_(Employment.valid_to.is_(None), Employment.valid_to >= day),
    )
    return session.scalars(query.order_by(Employment.id).limit(1)).first() is not None


def due_positions() -> Sequence[ComingChange]:
    """Positions whose first day has come at their place, with the person."""
    query = _waiting(ChangeKind.POSITION).where(Employment.valid_from <= today(EASTERNMOST))
    return [each for each in session.scalars(query) if each.employment.valid_from <= today(each.employment.location.time_zone)]


def due_handovers() -> Sequence[ComingChange]:
    """Handovers of those whose last day is over at their place, with the person and who takes over."""
    query = _waiting(ChangeKind.HANDOVER).where(Employment.valid_to < today(EASTERNMOST))
    return [each for each in session.scalars(query) if (each.employment.valid_to or date.max) < today(each.employment.location.time_zone)]


def _waiting(kind: ChangeKind) -> Select[ComingChange]:
    return (
        select(ComingChange)
        .join(Employment, Employment.id == ComingChange.employment_id)
        .where(ComingChange.done_at.is_(None), ComingChange.kind == kind, Employment.superseded_at.is_(None))
        .options(
            contains_eager(ComingChange.employment).options(
                joinedload(Employment.person), joinedload(Employment.location), joinedload(Employment.manager)
            ),
            joinedload(ComingChange.taker),
        )
        .order_by(ComingChange.id)
    )


def leaving_tasks(*, active: bool = False) -> Sequence[LeavingTask]:
    """What is left to do when somebody leaves, in order."""
    query = select(LeavingTask).order_by(LeavingTask.position, LeavingTask.id)
    return session.scalars(query.where(LeavingTask.is_active.is_(True)) if active else query).all()


def get_leaving_task(leaving_task_id: UUID) -> LeavingTask:
    """One task of the list. Raises NotFound."""
    found = session.scalars(select(LeavingTask).where(LeavingTask.public_id == leaving_task_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def _finished(tasks: Collection[Task]) -> set[int]:
    return finished_elsewhere([fact_of(task) for task in tasks], on=today())
