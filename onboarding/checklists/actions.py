"""What happens to a checklist: it begins, its tasks are done, handed in, reviewed, waived, changed."""

from datetime import date

from werkzeug.datastructures import FileStorage

from core.audit.record import record
from core.clock import now, today
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.files.store import store_upload
from core.people.actions import one_line
from core.people.models import Person
from core.web.i18n import _
from onboarding.checklists import policy
from onboarding.checklists.locks import date_what_follows, insist_unlocked
from onboarding.checklists.mails import document_returned
from onboarding.checklists.models import CHECKLIST_WORKFLOW, FINISHED, WORKFLOW, Checklist, ChecklistState, Task, TaskMove, TaskState
from onboarding.checklists.queries import hold_task, standing_of
from onboarding.policies.actions import acknowledge_policy
from onboarding.policies.models import Acknowledgement
from onboarding.reviews.deriving import derive_reviews
from onboarding.templates.actions import insist_on_version
from onboarding.templates.labels import DOCUMENT_RULES

S = TaskState


def tick_task(task: Task, *, by: Person) -> None:
    """Say that a task is done. Doing it twice changes nothing."""
    hold_task(task)
    if task.state is S.DONE and policy.owns(by, task):
        return
    _insist(policy.can_tick(by, task), task)
    insist_unlocked(task)
    _move(task, S.DONE, name="done", by=by)
    _complete_if_done(task.checklist, by=by)


def reopen_task(task: Task, *, by: Person) -> None:
    """Take back a tick or a waiver."""
    hold_task(task)
    if task.state is S.OPEN:
        return
    _insist(policy.can_reopen(by, task), task)
    open_again(task, reason="", by=by)


def hand_in(task: Task, upload: FileStorage | None, *, by: Person, valid_until: date | None = None) -> None:
    """Hand in a document, or another one in its place, with the day it lapses. Raises Invalid for a file or a day that cannot be taken."""
    hold_task(task)
    _insist(policy.can_hand_in(by, task), task)
    insist_unlocked(task)
    if task.asks_expiry and (valid_until is None or valid_until <= today(by.time_zone)):
        raise Invalid(_("Give the day on which the document lapses. It has to be valid still."), field="valid_until")
    file = store_upload(upload, accept=DOCUMENT_RULES[task.document_rule], by=by, person=task.checklist.person, field="file")
    task.file, task.file_id, task.valid_until = file, file.id, valid_until if task.asks_expiry else None
    _move(task, S.SUBMITTED, name="submitted", by=by)


def accept_document(task: Task, *, version: int, by: Person) -> None:
    """Accept the document that was seen. Raises Conflict when another has been handed in meanwhile."""
    hold_task(task)
    if task.state is S.DONE:
        return
    _insist(policy.can_review(by, task), task)
    insist_on_version(task.version, version)
    _move(task, S.DONE, name="accepted", by=by)
    _complete_if_done(task.checklist, by=by)


def return_document(task: Task, *, reason: str, version: int, by: Person) -> None:
    """Send a document back with the reason; the new hire gets a mail and hands in again."""
    hold_task(task)
    _insist(policy.can_review(by, task), task)
    insist_on_version(task.version, version)
    _move(task, S.RETURNED, name="returned", by=by, reason=insist_on_reason(reason))
    document_returned(task)


def acknowledge(task: Task, *, typed_name: str, sha256: str, by: Person) -> Acknowledgement:
    """Acknowledge the task's policy in the version with this hash. Raises Conflict for a version that is no longer in force."""
    hold_task(task)
    _insist(policy.can_acknowledge(by, task), task)
    insist_unlocked(task)
    assert task.policy_id is not None, "the database holds that a policy task has one"
    acknowledgement = acknowledge_policy(task.policy_id, typed_name=typed_name, sha256=sha256, by=by)
    _move(task, S.DONE, name="done", by=by)
    _complete_if_done(task.checklist, by=by)
    return acknowledgement


def finish_task(task: Task, *, by: Person) -> None:
    """Mark a task done by what was done for it elsewhere: a form sent, a document signed, a meeting held, equipment handed over."""
    _move(task, S.DONE, name="done", by=by)
    _complete_if_done(task.checklist, by=by)


def let_off(task: Task, to: TaskState, *, reason: str, until: date, by: Person) -> None:
    """Let a task not be done until a day, as was approved."""
    _move(task, to, name="waived", by=by, reason=insist_on_reason(reason))
    task.waived_until = until
    session.flush()
    _complete_if_done(task.checklist, by=by)


def open_again(task: Task, *, reason: str, by: Person | None) -> None:
    """Open a finished task again; an onboarding that was complete goes on. A reason is kept in the history."""
    _move(task, S.OPEN, name="reopened", by=by, reason=reason)
    task.reason, task.waived_until = "", None
    checklist = task.checklist
    if checklist.state is ChecklistState.DONE:
        checklist.state = ChecklistState.RUNNING
        record("onboarding.checklist.reopened", checklist, by=by, person=checklist.person)


def change_task(task: Task, *, title: str, due_on: date, owner: Person | None, version: int, by: Person) -> None:
    """Give a task of a running checklist another title, day or owner. Raises Conflict when somebody else changed it meanwhile."""
    hold_task(task)
    _insist(policy.can_change(by, task), task)
    insist_on_version(task.version, version)
    title = one_line(title)
    if not title:
        raise Invalid(_("A title is needed."), field="title")
    if owner is None and task.part not in policy.QUEUES and task.team_id is None:
        raise Invalid(_("Choose who does it."), field="owner")
    if task.kind.value in ("document", "policy", "training", "signature") and (owner is None or owner.id != task.checklist.person_id):
        raise Invalid(_("Only the new hire can do a task of this kind."), field="owner")
    owner_id = owner.id if owner else None
    changes = {
        "due_on": [task.due_on.isoformat(), due_on.isoformat()],
        "owner": [task.owner_id, owner_id],
        "reworded": title != task.title,
    }
    task.due_is_fixed = task.due_is_fixed or due_on != task.due_on
    task.title, task.due_on, task.owner_id = title, due_on, owner_id
    session.flush()
    record("onboarding.task.changed", task, by=by, person=task.checklist.person, changes=changes)


def cancel_checklist(checklist: Checklist, *, reason: str, by: Person | None) -> None:
    """End an onboarding that does not take place; open tasks wait for nobody any more. `by` is None for the system."""
    if by is not None and not policy.can_cancel(by, checklist):
        raise NotAllowed(_("Only human resources cancels an onboarding."))
    end_checklist(checklist, reason=reason, by=by)


def end_checklist(checklist: Checklist, *, reason: str, by: Person | None) -> None:
    """Cancel an onboarding as what follows from something that was allowed, such as the end of an employment."""
    CHECKLIST_WORKFLOW.insist(checklist.state, ChecklistState.CANCELLED, sentence=_("This onboarding is over already."))
    checklist.state, checklist.reason = ChecklistState.CANCELLED, insist_on_reason(reason)
    session.flush()
    derive_reviews(checklist, by=by)
    record("onboarding.checklist.cancelled", checklist, by=by, person=checklist.person, reason=checklist.reason)


def complete_checklist(checklist: Checklist, *, by: Person | None) -> None:
    """Close an onboarding of which everything required is done. Raises WrongState otherwise."""
    CHECKLIST_WORKFLOW.insist(checklist.state, ChecklistState.DONE, sentence=_("This onboarding is over already."))
    if not standing_of(checklist, on=today(checklist.person.time_zone)).is_complete:
        raise WrongState(_("Some required tasks are not done yet. Waive what does not apply, with a reason."))
    checklist.state = ChecklistState.DONE
    session.flush()
    record("onboarding.checklist.completed", checklist, by=by, person=checklist.person)


def _complete_if_done(checklist: Checklist, *, by: Person) -> None:
    found = standing_of(checklist, on=today(checklist.person.time_zone))
    if checklist.state is ChecklistState.RUNNING and found.done == found.total:
        complete_checklist(checklist, by=by)


def _move(task: Task, to: TaskState, *, name: str, by: Person | None, reason: str = "") -> None:
    sentence = _("This task has changed meanwhile: it is not open any more. Reload the page to see where it stands.")
    WORKFLOW.insist(task.state, to, sentence=sentence)
    if task.checklist.state is ChecklistState.CANCELLED:
        raise WrongState(_("This onboarding was cancelled."))
    before = task.state
    task.state, task.reason = to, reason
    task.done_at, task.done_by_id = (now(), by.id if by else None) if to is S.DONE else (None, None)
    if to in FINISHED:
        date_what_follows(task)
    session.add(TaskMove(task_id=task.id, from_state=before, to_state=to, by_id=by.id if by else None, reason=reason, file_id=task.file_id))
    session.flush()
    changes = {"state": [before.value, to.value], "key": task.key, "file": task.file_id}
    record(f"onboarding.task.{name}", task, by=by, person=task.checklist.person, changes=changes, reason=reason)


def _insist(allowed: bool, task: Task) -> None:
    if allowed:
        return
    if task.state in (S.DONE, S.WAIVED, S.NOT_APPLICABLE, S.SUBMITTED):
        raise WrongState(_("This task has changed meanwhile: it is not open any more. Reload the page to see where it stands."))
    raise NotAllowed(_("This task is for somebody else to do."))


def insist_on_reason(reason: str) -> str:
    """The reason as it is kept. Raises Invalid without one."""
    reason = reason.strip()
    if not reason:
        raise Invalid(_("Say why in a sentence."), field="reason")
    return reason[:1000]
