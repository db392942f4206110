"""Handing over access and equipment, and taking it back."""

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.people.actions import one_line
from core.people.models import Person
from core.web.i18n import _
from onboarding.checklists.actions import finish_task
from onboarding.checklists.locks import insist_unlocked
from onboarding.checklists.models import Task, TaskState
from onboarding.checklists.policy import can_grant, can_revoke
from onboarding.checklists.queries import hold_task
from onboarding.grants.models import TaskGrant
from onboarding.grants.queries import grants_of


def grant(task: Task, *, note: str, by: Person) -> TaskGrant:
    """Say that the person has it now; `note` tells which one. The task is done."""
    hold_task(task)
    if not can_grant(by, task):
        if task.state is not TaskState.OPEN:
            raise WrongState(_("This has been handed over already, or is no longer asked for."))
        raise NotAllowed(_("This is for somebody else to hand over."))
    insist_unlocked(task)
    found = next((row for row in grants_of(task) if row.revoked_at is None), None)
    if found is None:
        found = TaskGrant(task_id=task.id, person_id=task.checklist.person_id, item=task.item, granted_by_id=by.id)
        session.add(found)
    found.note = one_line(note)[:200]
    session.flush()
    record("onboarding.task.granted", task, by=by, person=task.checklist.person, changes={"item": task.item}, personal={"note": found.note})
    finish_task(task, by=by)
    return found


def revoke(task: Task, *, reason: str, by: Person) -> None:
    """Take back what was handed over, with a reason. Raises WrongState when nothing is held."""
    hold_task(task)
    if not can_revoke(by, task):
        raise NotAllowed(_("This is for somebody else to take back."))
    found = next((row for row in grants_of(task) if row.revoked_at is None), None)
    if found is None:
        raise WrongState(_("It has been taken back already."))
    if not reason.strip():
        raise Invalid(_("Say why in a sentence."), field="reason")
    found.revoked_at, found.revoked_by_id, found.revoked_reason = now(), by.id, reason.strip()[:1000]
    session.flush()
    record("onboarding.task.revoked", task, by=by, person=task.checklist.person, changes={"item": found.item}, reason=found.revoked_reason)
