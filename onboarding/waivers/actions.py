"""Letting tasks not be done: somebody asks with a reason and a day, somebody else approves, and on that day the task opens again."""

from datetime import date, timedelta

from core.audit.record import record
from core.clock import now, today
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.web.i18n import _
from onboarding.checklists.actions import let_off
from onboarding.checklists.models import FINISHED, ChecklistState, Task, TaskState
from onboarding.checklists.policy import can_ask_to_waive, can_decide_waiver, can_run
from onboarding.checklists.queries import hold_task
from onboarding.meetings.actions import release_meeting
from onboarding.templates.models import TaskKind
from onboarding.waivers.models import WORKFLOW, Waiver, WaiverKind, WaiverState
from onboarding.waivers.queries import find_asked

LONGEST = timedelta(days=730)
USUAL = timedelta(days=365)


def ask_to_waive(task: Task, *, kind: WaiverKind, reason: str, until: date, by: Person) -> Waiver:
    """Ask that a task need not be done until a day. What is not required, human resources approves in asking."""
    hold_task(task)
    insist_on_asking(task, by=by)
    if not reason.strip():
        raise Invalid(_("Say why in a sentence."), field="reason")
    first = today(by.time_zone)
    if not first < until <= first + LONGEST:
        raise Invalid(_("Choose a day after today and within two years: the task opens again then."), field="until")
    waiver = Waiver(task_id=task.id, kind=kind, reason=reason.strip()[:1000], until=until, state=WaiverState.ASKED, asked_by_id=by.id)
    session.add(waiver)
    session.flush()
    changes = {"key": task.key, "kind": kind.value, "until": until}
    record("onboarding.task.waiver_asked", task, by=by, person=task.checklist.person, changes=changes, reason=waiver.reason)
    if can_run(by) and can_decide_waiver(by, task, by.id):
        approve_waiver(task, by=by)
    return waiver


def insist_on_asking(task: Task, *, by: Person) -> None:
    """Raise NotAllowed or WrongState when the person cannot ask for a waiver now."""
    if task.state in FINISHED or task.checklist.state is ChecklistState.CANCELLED:
        raise WrongState(_("This task has changed meanwhile: it is not open any more. Reload the page to see where it stands."))
    if not can_ask_to_waive(by, task):
        raise NotAllowed(_("This task is for somebody else to do."))
    if find_asked(task) is not None:
        raise WrongState(_("Somebody has asked for this already. It waits for approval."))


def approve_waiver(task: Task, *, by: Person) -> None:
    """Approve what was asked: the task need not be done until the day. Raises WrongState when nothing waits for approval."""
    hold_task(task)
    waiver = _asked(task, by)
    _decide(waiver, WaiverState.APPROVED, by)
    state = TaskState.WAIVED if waiver.kind is WaiverKind.WAIVED else TaskState.NOT_APPLICABLE
    let_off(task, state, reason=waiver.reason, until=waiver.until, by=by)
    if task.kind is TaskKind.MEETING:
        release_meeting(task, by=by, reason=waiver.reason)


def refuse_waiver(task: Task, *, reason: str, by: Person) -> None:
    """Say no, and why; the task stays to be done."""
    hold_task(task)
    waiver = _asked(task, by)
    if not reason.strip():
        raise Invalid(_("Say why in a sentence."), field="reason")
    waiver.refusal = reason.strip()[:1000]
    _decide(waiver, WaiverState.REFUSED, by)
    record("onboarding.task.waiver_refused", task, by=by, person=task.checklist.person, changes={"key": task.key}, reason=waiver.refusal)


def _asked(task: Task, by: Person) -> Waiver:
    waiver = find_asked(task)
    if waiver is None:
        raise WrongState(_("Nothing waits for approval here any more. Reload the page to see where it stands."))
    if not can_decide_waiver(by, task, waiver.asked_by_id):
        raise NotAllowed(_("Somebody else approves this: not the new hire, and for a required task not who asked for it."))
    return waiver


def _decide(waiver: Waiver, state: WaiverState, by: Person) -> None:
    WORKFLOW.insist(waiver.state, state)
    waiver.state, waiver.decided_at, waiver.decided_by_id = state, now(), by.id
    session.flush()
