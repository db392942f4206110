"""Reading what people were given."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.db import session
from onboarding.checklists.models import Task
from onboarding.grants.models import TaskGrant


def grants_of(task: Task) -> Sequence[TaskGrant]:
    """Everything handed over for a task, newest first, with who gave it and who took it back."""
    query = select(TaskGrant).where(TaskGrant.task_id == task.id).options(joinedload(TaskGrant.granted_by), joinedload(TaskGrant.revoked_by))
    return session.scalars(query.order_by(TaskGrant.granted_at.desc(), TaskGrant.id.desc())).all()


def held_by(person_id: int) -> Sequence[TaskGrant]:
    """The access and equipment a person has now, in the order they were given, each with its task."""
    query = select(TaskGrant).where(TaskGrant.person_id == person_id, TaskGrant.revoked_at.is_(None)).options(joinedload(TaskGrant.task))
    return session.scalars(query.order_by(TaskGrant.granted_at, TaskGrant.id)).all()
