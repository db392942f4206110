"""Statements of the pages of onboarding, written once: putting such a statement together takes as long as reading its rows."""

from functools import cache

from sqlalchemy import BindParameter, Select, and_, bindparam, func, select, text, union_all
from sqlalchemy.orm import aliased, contains_eager, defer, joinedload

from core.files.models import StoredFile
from core.people.models import Person
from onboarding.checklists.models import FINISHED, Checklist, ChecklistState, Task, TaskState
from onboarding.policies.models import Policy
from onboarding.shadowing.models import Session, SessionState
from onboarding.templates.models import Part, TaskKind

HANDED_IN = text("onboarding_task.state = 'submitted'")  # written out and not bound, for only so a database knows that the partial index fits
TASKS = (
    select(Task)
    .where(Task.checklist_id == bindparam("checklist"))
    .options(
        defer(Task.instructions),
        joinedload(Task.owner).load_only(Person.public_id, Person.name),
        joinedload(Task.done_by).load_only(Person.name),
        joinedload(Task.file).load_only(StoredFile.name),
        joinedload(Task.policy).load_only(Policy.title),
    )
    .order_by(Task.due_on, Task.position, Task.id)
)
_OWNER = aliased(Person)
UNFINISHED_TASKS = (
    select(Task.checklist_id, Task.id, Task.kind, Task.state, Task.title, Task.due_on, Task.required, _OWNER.name, Task.part, Task.course_id)
    .outerjoin(_OWNER, _OWNER.id == Task.owner_id)
    .where(Task.checklist_id.in_(bindparam("checklists", expanding=True)), Task.state.not_in(FINISHED))
    .order_by(Task.checklist_id, Task.due_on, Task.position, Task.id)
)
FINISHED_COUNTS = (
    select(Task.checklist_id, func.count())
    .where(Task.checklist_id.in_(bindparam("checklists", expanding=True)), Task.state.in_(FINISHED))
    .group_by(Task.checklist_id)
    .order_by(Task.checklist_id)
)
_SIGNED_OFF = (
    select(func.count(Session.id)).where(Session.person_id == Checklist.person_id, Session.state == SessionState.SIGNED_OFF).scalar_subquery()
)
SHADOWING_TASKS = (
    select(Task.id, Task.checklist_id, _SIGNED_OFF)
    .join(Checklist, Checklist.id == Task.checklist_id)
    .where(Task.checklist_id.in_(bindparam("checklists", expanding=True)), Task.kind == TaskKind.SHADOWING, Task.state.not_in(FINISHED))
    .order_by(Task.checklist_id, Task.due_on, Task.position, Task.id)
)


@cache
def waiting_tasks(parts: tuple[Part, ...], *, reviews: bool, with_own: bool, with_training: bool) -> Select[Task]:
    """What waits for `person`: the first of each kind, by an index of its own, in one order. With OR every waiting task would be sorted."""
    mine: BindParameter[int] = bindparam("person")
    kinds = [and_(Task.owner_id == mine, Task.state == state) for state in (TaskState.OPEN, TaskState.RETURNED)]
    if not with_own:
        kinds = [and_(kind, Checklist.person_id != mine) for kind in kinds]
    kinds += [and_(Task.owner_id.is_(None), Task.part == part, Task.state == TaskState.OPEN) for part in parts]
    if reviews:
        kinds.append(and_(HANDED_IN, Checklist.person_id != mine))
    order = (Task.due_on, Task.position, Task.id)
    first = (
        select(Task.id)
        .join(Checklist, Checklist.id == Task.checklist_id)
        .where(Checklist.state == ChecklistState.RUNNING, Task.due_on <= bindparam("until"))
        .order_by(*order)
        .limit(bindparam("most"))
    )
    if not with_training:
        first = first.where(Task.kind != TaskKind.TRAINING)
    found = union_all(*(select(first.where(kind).subquery().c.id) for kind in kinds))
    return (
        select(Task)
        .join(Checklist, Checklist.id == Task.checklist_id)
        .where(Task.id.in_(found))
        .options(
            defer(Task.instructions),
            contains_eager(Task.checklist).load_only(Checklist.public_id, Checklist.person_id, Checklist.state),
            contains_eager(Task.checklist).joinedload(Checklist.person).load_only(Person.public_id, Person.name),
            joinedload(Task.owner).load_only(Person.public_id, Person.name),
            joinedload(Task.policy).load_only(Policy.title),
            joinedload(Task.file).load_only(StoredFile.name),
        )
        .order_by(*order)
        .limit(bindparam("size"))
        .offset(bindparam("offset"))
    )
