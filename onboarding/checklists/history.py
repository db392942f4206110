"""Reading what happened to tasks."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from core.db import session
from core.people.models import Person
from onboarding.checklists.models import Checklist, Task, TaskMove


def history_of(task: Task) -> Sequence[TaskMove]:
    """The steps of a task, newest first, with who took them."""
    query = select(TaskMove).where(TaskMove.task_id == task.id).options(joinedload(TaskMove.by))
    return session.scalars(query.order_by(TaskMove.at.desc(), TaskMove.id.desc())).all()


def moves_in(checklist: Checklist, *, limit: int = 40) -> Sequence[TaskMove]:
    """The latest steps of all tasks of a checklist, newest first, with task and who took them."""
    query = (
        select(TaskMove)
        .join(Task, Task.id == TaskMove.task_id)
        .where(Task.checklist_id == checklist.id)
        .options(contains_eager(TaskMove.task).load_only(Task.public_id, Task.title), joinedload(TaskMove.by).load_only(Person.name))
        .order_by(TaskMove.at.desc(), TaskMove.id.desc())
        .limit(limit)
    )
    return session.scalars(query).all()
