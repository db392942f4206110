"""Who comes back is not asked again for what still holds: policies acknowledged in the version in force, and documents that are still valid."""

from collections.abc import Collection
from datetime import date, datetime

from flask_babel import force_locale, format_date
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from core.db import session
from core.files.models import StoredFile
from core.web.i18n import _
from onboarding.checklists.models import Checklist, Task, TaskMove, TaskState
from onboarding.policies.queries import acknowledged_in_force
from onboarding.templates.models import TaskKind


def credit_what_holds(checklist: Checklist) -> None:
    """Let tasks of a new checklist be done that the person has done before, where that counts still. Needs the person and the tasks."""
    with force_locale(checklist.person.locale):
        _credit_acknowledged(checklist)
        _credit_documents(checklist)
    session.flush()


def _credit_acknowledged(checklist: Checklist) -> None:
    asked = [task for task in checklist.tasks if task.policy_id is not None and task.owner_id == checklist.person_id]
    held = acknowledged_in_force(checklist.person, [task.policy_id for task in asked if task.policy_id is not None]) if asked else {}
    for task in asked:
        at = held.get(task.policy_id or 0)
        if at is not None:
            _credit(task, at=at, by_id=checklist.person_id, reason="")


def _credit_documents(checklist: Checklist) -> None:
    asked = [task for task in checklist.tasks if task.kind is TaskKind.DOCUMENT]
    held = _documents_held(checklist, {task.key for task in asked}) if asked else {}
    for task in asked:
        before = held.get(task.key)
        if before is not None and before.done_at is not None and (before.valid_until is not None or not task.asks_expiry):
            task.file_id, task.valid_until = before.file_id, before.valid_until
            _credit(task, at=before.done_at, by_id=before.done_by_id, reason=_reason(before.valid_until))


def _reason(valid_until: date | None) -> str:
    if valid_until is None:
        return _("Handed in before, and it still holds.")
    return _("Handed in before, and valid until %(day)s.", day=format_date(valid_until, "long"))


def _credit(task: Task, *, at: datetime, by_id: int | None, reason: str) -> None:
    task.state, task.done_at, task.done_by_id, task.reason = TaskState.DONE, at, by_id, reason
    move = TaskMove(task_id=task.id, from_state=TaskState.OPEN, to_state=TaskState.DONE, at=at, by_id=by_id, reason=reason, file_id=task.file_id)
    session.add(move)


def _documents_held(checklist: Checklist, keys: Collection[str]) -> dict[str, Task]:
    """The newest document accepted from the person for each key that is valid beyond the first day and has not been erased."""
    query = (
        select(Task)
        .join(Checklist, Checklist.id == Task.checklist_id)
        .join(StoredFile, StoredFile.id == Task.file_id)
        .where(
            Checklist.person_id == checklist.person_id,
            Checklist.id != checklist.id,
            Task.kind == TaskKind.DOCUMENT,
            Task.key.in_(keys),
            Task.state == TaskState.DONE,
            or_(Task.valid_until.is_(None), Task.valid_until > checklist.starts_on),
            StoredFile.erased_at.is_(None),
        )
        .options(joinedload(Task.checklist))
        .order_by(Task.done_at, Task.id)
    )
    return {task.key: task for task in session.scalars(query)}
