"""Reading what was written into forms, as far as the viewer may."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from core.audit.queries import key_of
from core.audit.record import decrypt_for
from core.db import session
from core.people.models import Person
from onboarding.checklists.models import Task, TaskState
from onboarding.checklists.policy import can_run
from onboarding.task_forms.fields import FormField, fields_from
from onboarding.task_forms.models import TaskAnswer


@dataclass(frozen=True)
class Written:
    """What a viewer sees of one field. `value` is None where nothing was written, `hidden` where it is not theirs to see or has been erased."""

    field: FormField
    value: str | None
    hidden: bool = False


def answers_of(task: Task) -> Sequence[TaskAnswer]:
    """The answers of a task as they are kept."""
    return session.scalars(select(TaskAnswer).where(TaskAnswer.task_id == task.id).order_by(TaskAnswer.id)).all()


def written_in(task: Task, viewer: Person) -> list[Written]:
    """Every field of a task's form with what the viewer may read of it. Needs `checklist`."""
    rows = {row.field: row for row in answers_of(task)}
    return [_written(field, rows.get(field.key), task, viewer) for field in fields_from(task.fields)]


def may_read(viewer: Person, row: TaskAnswer, task: Task) -> bool:
    """Whether the viewer reads an answer: a sensitive one only human resources, and who wrote it while the task is open."""
    return not row.is_encrypted or can_run(viewer) or (row.written_by_id == viewer.id and task.state is TaskState.OPEN)


def _written(field: FormField, row: TaskAnswer | None, task: Task, viewer: Person) -> Written:
    if row is None:
        return Written(field, None)
    if not may_read(viewer, row, task):
        return Written(field, None, hidden=True)
    value = decrypt_for(key_of(task.checklist.person_id), row.value) if row.is_encrypted else row.value
    return Written(field, value, hidden=value is None)
