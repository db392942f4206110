"""Reading checklists and tasks, each person theirs."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, exists, or_, select, true
from sqlalchemy.orm import aliased, contains_eager, joinedload
from sqlalchemy.orm.attributes import set_committed_value

import training.public
from core.db import session
from core.errors import NotFound
from core.people.models import Employment, Person
from core.people.rights import Right
from core.web.paging import Page
from onboarding.checklists.lines import Line
from onboarding.checklists.models import ASKED_KINDS, FINISHED, Checklist, ChecklistKind, ChecklistSource, ChecklistState, Task, TaskState
from onboarding.checklists.policy import QUEUES, UNDONE, can_run, sees_every_checklist
from onboarding.checklists.standing import Standing, TaskFact, fact_of, first_signed_off, standing
from onboarding.checklists.statements import (
    FINISHED_COUNTS,
    LINES,
    OWN_CHECKLIST,
    SHADOWING_TASKS,
    SOME_TASKS,
    TASKS,
    UNFINISHED_TASKS,
    WITH_TEAM,
    waiting_tasks,
)
from onboarding.reviews.queries import finished_reviews
from onboarding.teams.models import TeamMembership
from onboarding.templates.labels import PARTS
from onboarding.templates.models import Part, TaskKind, Template, TemplateState, TemplateVersion

WAITING_STATES = (TaskState.OPEN, TaskState.SUBMITTED, TaskState.RETURNED)
_HELD = ("state", "reason", "title", "due_on", "owner_id", "done_at", "done_by_id", "file_id", "valid_until", "waived_until", "version")
_PEOPLE = (joinedload(Checklist.person), joinedload(Checklist.manager), joinedload(Checklist.buddy), joinedload(Checklist.hr))
_BELONGING = (
    joinedload(Checklist.employment).joinedload(Employment.job_role),
    joinedload(Checklist.employment).joinedload(Employment.department),
    joinedload(Checklist.employment).joinedload(Employment.location),
)


def sees_checklist(viewer: Person) -> ColumnElement[bool]:
    """The condition under which the viewer sees a checklist: all, their reports', their own."""
    if sees_every_checklist(viewer):
        return true()
    own = Checklist.person_id == viewer.id
    return or_(own, Checklist.manager_id == viewer.id) if viewer.may(Right.SEE_ONBOARDING) else own


def in_queue_of(viewer: Person) -> ColumnElement[bool]:
    """The condition for tasks in the queue of a team the viewer belongs to."""
    parts = [part for part, right in QUEUES.items() if viewer.may(right)]
    teams = select(TeamMembership.team_id).where(TeamMembership.person_id == viewer.id).scalar_subquery()
    return and_(Task.owner_id.is_(None), or_(Task.part.in_(parts), Task.team_id.in_(teams)))


def get_checklist(checklist_id: UUID, *, viewer: Person) -> Checklist:
    """The checklist with its people and employment, if the viewer may see it. Raises NotFound."""
    query = select(Checklist).where(Checklist.public_id == checklist_id, sees_checklist(viewer)).options(*_PEOPLE, *_BELONGING)
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def find_checklist_of(person: Person) -> Checklist | None:
    """The person's latest onboarding that was not cancelled, with its people and employment."""
    return session.scalars(OWN_CHECKLIST, {"person": person.id}).one_or_none()


def newest_checklist_of(person: Person) -> Checklist | None:
    """The onboarding that was begun last, in whatever state, with its people and employment."""
    employment = joinedload(Checklist.employment).options(
        joinedload(Employment.person), joinedload(Employment.manager), joinedload(Employment.location)
    )
    query = select(Checklist).where(Checklist.person_id == person.id, Checklist.kind == ChecklistKind.JOINING).options(*_PEOPLE, employment)
    return session.scalars(query.order_by(Checklist.id.desc()).limit(1)).one_or_none()


def find_checklist_for(employment: Employment, kind: ChecklistKind = ChecklistKind.JOINING) -> Checklist | None:
    """The checklist of an employment, if it has begun, with its people and employment."""
    query = select(Checklist).where(Checklist.employment_id == employment.id, Checklist.kind == kind).options(*_PEOPLE, *_BELONGING)
    return session.scalars(query).one_or_none()


def running_of(person: Person) -> Sequence[Checklist]:
    """The person's checklists under way, latest first, with people and employment."""
    query = select(Checklist).where(Checklist.person_id == person.id, Checklist.state == ChecklistState.RUNNING)
    return session.scalars(query.options(*_PEOPLE, *_BELONGING).order_by(Checklist.starts_on.desc(), Checklist.id.desc())).all()


def tasks_of(checklist: Checklist) -> Sequence[Task]:
    """The tasks of a checklist in order of their days, with owner, who did them, file and policy."""
    tasks = session.scalars(TASKS, {"checklist": checklist.id}).all()
    for task in tasks:
        set_committed_value(task, "checklist", checklist)
    return tasks


def lines_of(checklist: Checklist, viewer: Person) -> list[Line]:
    """Every task of a checklist in order of their days, with no more than what lists are made of."""
    parts = {part for part, right in QUEUES.items() if viewer.may(right)}
    rows = session.execute(LINES, {"checklist": checklist.id, "viewer": viewer.id})
    return [_line(row, checklist.person_id, viewer.id, parts) for row in rows]


def _line(row: Row[*tuple[Any, ...]], person_id: int, viewer_id: int, parts: Collection[Part]) -> Line:
    key, name, kind, state, title, due_on, required, checklist_id, owner_id, team_id, owner, part, in_team, course_id, moment, *rest = row
    waits_for, done_at, has_file, asks_waiver = rest
    fact = TaskFact(key, kind, state, title, due_on, required, checklist_id, person_id, owner or str(PARTS[part]), course_id, moment)
    unowned = bool(in_team) if team_id is not None else part in parts
    is_mine = owner_id == viewer_id if owner_id is not None else unowned  # as `policy.owns` has it
    return Line(fact, name, is_mine, tuple(waits_for or ()), done_at, bool(has_file), bool(asks_waiver))


def some_tasks(checklist: Checklist, keys: Collection[int]) -> Sequence[Task]:
    """Those tasks of the checklist, by inner key, in order of their days, with owner, file and policy."""
    tasks = session.scalars(SOME_TASKS, {"tasks": sorted(keys)}).all() if keys else []
    for task in tasks:
        set_committed_value(task, "checklist", checklist)
    return tasks


def finished_elsewhere(facts: Iterable[TaskFact], *, on: date, signed_off: int | None = None) -> set[int]:
    """Keys of the training, shadowing and review tasks that are done, as the other areas say now; a statement for each kind there is.

    `signed_off` says how many sessions have been signed off where that is known, and the facts are of one onboarding in order of their days.
    """
    asked = [fact for fact in facts if fact.kind in ASKED_KINDS and fact.state not in FINISHED]
    wanted = {(fact.person_id, fact.course_id) for fact in asked if fact.course_id is not None}
    held = training.public.holds_many(wanted, on=on) if wanted else set()
    done = {fact.key for fact in asked if (fact.person_id, fact.course_id) in held}
    done |= _reviewed([fact for fact in asked if fact.kind is TaskKind.REVIEW])
    shadowing = [fact for fact in asked if fact.kind is TaskKind.SHADOWING]
    if signed_off is None:
        return done | _shadowed({fact.checklist_id for fact in shadowing})
    return done | first_signed_off((fact.key, fact.checklist_id, signed_off) for fact in shadowing)


def _reviewed(asked: Sequence[TaskFact]) -> set[int]:
    """Keys of the review tasks whose review is finished, as reviews say, by person and moment."""
    finished = finished_reviews({fact.person_id for fact in asked}) if asked else {}
    return {fact.key for fact in asked if fact.moment is not None and (fact.person_id, fact.moment) in finished}


def _shadowed(checklist_ids: Collection[int]) -> set[int]:
    if not checklist_ids:
        return set()
    found = session.execute(SHADOWING_TASKS, {"checklists": list(checklist_ids)})
    return first_signed_off((key, checklist_id, count) for key, checklist_id, count in found)


def standing_of(checklist: Checklist, *, on: date) -> Standing:
    """How one onboarding stands on the day."""
    return standings([checklist], on=on)[checklist.id]


def standings(checklists: Sequence[Checklist], *, on: date) -> dict[int, Standing]:
    """How each of the onboardings stands on the day: inner key → standing, in four statements however many there are."""
    facts: dict[int, list[TaskFact]] = {checklist.id: [] for checklist in checklists}
    person_of = {checklist.id: checklist.person_id for checklist in checklists}
    wanted = {"checklists": list(facts)}
    finished_before: dict[int, int] = {key: count for key, count in session.execute(FINISHED_COUNTS, wanted)}  # noqa: C416  (rows are not pairs to mypy)
    for checklist_id, key, kind, state, title, due_on, required, name, part, course_id, moment in session.execute(UNFINISHED_TASKS, wanted):
        owner_name = name or str(PARTS[part])
        person_id = person_of[checklist_id]
        facts[checklist_id].append(TaskFact(key, kind, state, title, due_on, required, checklist_id, person_id, owner_name, course_id, moment))
    finished = finished_elsewhere((fact for rows in facts.values() for fact in rows), on=on)
    return {key: standing(rows, finished, on=on, besides=finished_before.get(key, 0)) for key, rows in facts.items()}


def get_task(task_id: UUID, *, viewer: Person) -> Task:
    """The task with its checklist, people, file and policy, if the viewer may see it or it is theirs to do. Raises NotFound."""
    query = (
        select(Task)
        .join(Checklist, Checklist.id == Task.checklist_id)
        .where(Task.public_id == task_id, or_(sees_checklist(viewer), Task.owner_id == viewer.id, in_queue_of(viewer)))
        .options(
            contains_eager(Task.checklist).options(*_PEOPLE, *_BELONGING),
            joinedload(Task.owner),
            joinedload(Task.done_by),
            joinedload(Task.file),
            joinedload(Task.policy),
            WITH_TEAM,
        )
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def hold_task(task: Task) -> None:
    """Lock the task's row until the transaction ends and read how it stands now, so that two acts on it follow one another."""
    session.refresh(task, _HELD, with_for_update=True)


def tasks_for(
    person: Person, *, number: int = 1, size: int = 50, with_own: bool = False, with_training: bool = True, until: date | None = None
) -> Page[Task]:
    """One page of what waits for the person across all onboardings, by day, with the new hire.

    Theirs to do for others, the queues of their teams, documents to review and waivers to decide; with `with_own` also what they do as a new hire.
    """
    parts = tuple(part for part, right in QUEUES.items() if person.may(right))
    query = waiting_tasks(parts, reviews=can_run(person), with_own=with_own, with_training=with_training)
    offset = (number - 1) * size
    asked = {"person": person.id, "until": until or date.max, "most": offset + size + 1, "size": size + 1, "offset": offset}
    rows = session.scalars(query, asked).all()
    return Page(rows[:size], number, len(rows) > size)


def still_waiting(tasks: Sequence[Task], *, on: date) -> list[Task]:
    """The tasks without those that training or shadowing say are done. Needs `checklist`."""
    finished = finished_elsewhere([fact_of(task) for task in tasks], on=on)
    return [task for task in tasks if task.id not in finished]


def done_lately(person: Person, *, since: datetime, limit: int = 10) -> Sequence[Task]:
    """Tasks for others the person ticked since then, latest first, with the new hire, so that a slip can be undone."""
    query = (
        select(Task)
        .join(Checklist, Checklist.id == Task.checklist_id)
        .where(
            Task.done_by_id == person.id,
            Task.state == TaskState.DONE,
            Task.kind.in_(UNDONE),
            Task.done_at >= since,
            Checklist.person_id != person.id,
        )
        .options(contains_eager(Task.checklist).joinedload(Checklist.person))
        .order_by(Task.done_at.desc(), Task.id.desc())
        .limit(limit)
    )
    return session.scalars(query).all()


def sources_of(checklist: Checklist) -> tuple[list[TemplateVersion], bool]:
    """The versions of templates the checklist was made from, with their templates; and whether one in use has been published anew since."""
    newer, own = aliased(TemplateVersion), select(ChecklistSource.template_version_id).where(ChecklistSource.checklist_id == checklist.id)
    since = exists().where(
        newer.template_id == Template.id, Template.is_active.is_(True), newer.state == TemplateState.PUBLISHED, newer.id.not_in(own)
    )
    query = (
        select(TemplateVersion, since)
        .join(TemplateVersion.template)
        .join(ChecklistSource, ChecklistSource.template_version_id == TemplateVersion.id)
        .where(ChecklistSource.checklist_id == checklist.id)
        .options(contains_eager(TemplateVersion.template))
        .order_by(ChecklistSource.id)
    )
    rows = session.execute(query).all()
    return [version for version, _newer in rows], any(has_newer for _version, has_newer in rows)
