"""Reading waivers."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.db import session
from onboarding.checklists.models import Task
from onboarding.waivers.models import Waiver, WaiverState

_PEOPLE = (joinedload(Waiver.asked_by), joinedload(Waiver.decided_by))


def waivers_of(task: Task) -> Sequence[Waiver]:
    """Every waiver of a task, newest first, with who asked and who decided."""
    return session.scalars(select(Waiver).where(Waiver.task_id == task.id).options(*_PEOPLE).order_by(Waiver.asked_at.desc(), Waiver.id.desc())).all()


def find_asked(task: Task) -> Waiver | None:
    """The waiver of a task that waits for an answer."""
    query = select(Waiver).where(Waiver.task_id == task.id, Waiver.state == WaiverState.ASKED).options(*_PEOPLE)
    return session.scalars(query).one_or_none()


def waivers_asked(tasks: Sequence[Task]) -> set[int]:
    """Inner keys of the tasks of which a waiver waits for an answer."""
    if not tasks:
        return set()
    query = select(Waiver.task_id).where(Waiver.task_id.in_([task.id for task in tasks]), Waiver.state == WaiverState.ASKED)
    return set(session.scalars(query.order_by(Waiver.task_id)))
