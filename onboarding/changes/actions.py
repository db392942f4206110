"""What happens to a running checklist when life changes: another first day, another position or manager, newer templates."""

from collections.abc import Iterable, Sequence
from datetime import time

from sqlalchemy import bindparam, delete, update

import training.public
from core.audit.record import record
from core.db import hold, session
from core.errors import NotAllowed, WrongState
from core.people.actions import one_line
from core.people.models import Employment, Location, Person
from core.web.i18n import _
from onboarding.changes import mails
from onboarding.changes.foreseeing import DayMove, Difference, Rewording
from onboarding.changes.queries import UNFINISHED, days_after_move, days_from, difference_for, open_tasks_of
from onboarding.checklists.beginning import copy_task, owner_of
from onboarding.checklists.models import Checklist, ChecklistSource, ChecklistState, Task, TaskMove, TaskState
from onboarding.checklists.policy import can_run
from onboarding.meetings.actions import give_meeting_over, release_meeting
from onboarding.reviews.deriving import derive_reviews
from onboarding.templates.matching import compose
from onboarding.templates.models import Part, TaskKind, TemplateVersion
from onboarding.templates.queries import versions_for


def move_first_day(checklist: Checklist, employment: Employment, *, by: Person | None) -> int:
    """Let the days of unfinished tasks follow the first day of the employment, and tell those it touches. Answers how many tasks moved.

    Finished work stays, and so do days somebody chose. Raises WrongState once the onboarding is finished.
    """
    hold(checklist)
    insist_on_running(checklist)
    before, starts_on = checklist.starts_on, employment.valid_from
    moves = days_after_move(checklist, starts_on, employment.location).moved
    checklist.starts_on, checklist.employment_id = starts_on, employment.id
    set_days(moves)
    changes = {"starts_on": [before.isoformat(), starts_on.isoformat()], "tasks": len(moves)}
    record("onboarding.checklist.start_moved", checklist, by=by, person=checklist.person, changes=changes)
    for reader in {person.id: person for person in (checklist.person, checklist.manager, checklist.buddy) if person is not None}.values():
        mails.start_moved(reader, checklist, before=before)
    derive_reviews(checklist, by=by)
    training.public.rederive(checklist.person)
    return len(moves)


def set_days(moves: Sequence[DayMove]) -> None:
    """Write the new days, all in one statement."""
    if not moves:
        return
    session.flush()
    statement = update(Task).where(Task.id == bindparam("moved_task")).values(due_on=bindparam("day"), version=Task.version + 1)
    session.connection().execute(statement, [{"moved_task": move.task.id, "day": move.after} for move in moves])
    for move in moves:
        session.expire(move.task, ["due_on", "version"])


def change_position(checklist: Checklist, employment: Employment, *, apply: bool, by: Person | None) -> None:
    """Let a running checklist follow its person into another position: its people and, with `apply`, the tasks of the templates that fit now."""
    hold(checklist)
    insist_on_running(checklist)
    checklist.employment_id = employment.id
    session.flush()
    if checklist.manager_id != employment.manager_id:
        change_manager(checklist, employment.manager, by=by)
    if apply:
        apply_difference(checklist, employment, by=by)


def apply_difference(checklist: Checklist, employment: Employment, *, by: Person | None) -> Difference:
    """Bring a running checklist to what the templates in use ask for: new tasks are added, open ones of none are waived, finished work stays."""
    if by is not None and not can_run(by):
        raise NotAllowed(_("Only human resources brings a checklist up to date."))
    hold(checklist)
    insist_on_running(checklist)
    found = difference_for(checklist, employment)
    session.refresh(checklist, ["person", "manager", "buddy", "hr"])
    versions = versions_for(employment)
    session.execute(delete(ChecklistSource).where(ChecklistSource.checklist_id == checklist.id))
    session.add_all([ChecklistSource(checklist_id=checklist.id, template_version_id=version.id) for version in versions])
    added = _add(found, checklist, employment.location)
    _reword(found.reworded, checklist)
    _note_sources(found, versions, employment)
    for task in found.gone:
        _waive(task, by=by)
        if task.kind is TaskKind.MEETING:
            release_meeting(task, by=by, reason=task.reason)
    _date(found, added, checklist, employment.location)
    session.flush()
    changes = {"added": len(added), "gone": len(found.gone), "reworded": len(found.reworded), "templates": [version.id for version in versions]}
    record("onboarding.checklist.brought_up_to_date", checklist, by=by, person=checklist.person, changes=changes)
    return found


def _add(found: Difference, checklist: Checklist, location: Location) -> list[Task]:
    held = [*found.kept, *(each.task for each in found.reworded), *found.finished]
    keys = {task.key for task in held} | {wording.key for wording in found.added}
    days = days_from(held, checklist.starts_on, location, added=found.added)
    added = [copy_task(wording, checklist, days[wording.key], keys) for wording in found.added]
    for task in added:
        task.checklist_id = checklist.id
    session.add_all(added)
    return added


def _note_sources(found: Difference, versions: Sequence[TemplateVersion], employment: Employment) -> None:
    """Let what stays say what it is a copy of now, so that the next comparison begins there."""
    asked = {task.key: task.id for task in compose(versions, employment)}
    for task in [*found.kept, *(each.task for each in found.reworded)]:
        if task.key in asked:
            task.template_task_id = asked[task.key]


def _reword(found: Iterable[Rewording], checklist: Checklist) -> None:
    for each in found:
        task = each.task
        for name, value in each.fields.items():
            setattr(task, name, value)
        if each.fields.keys() & {"part", "named_id"}:
            owner = owner_of(task.part, checklist, named=session.get(Person, task.named_id) if task.named_id else None)
            task.owner_id = owner.id if owner else None


def _date(found: Difference, added: Sequence[Task], checklist: Checklist, location: Location) -> None:
    """Give reworded tasks the day the templates say now, unless somebody chose theirs."""
    days = days_from([*found.kept, *(each.task for each in found.reworded), *found.finished, *added], checklist.starts_on, location)
    for each in found.reworded:
        if each.fields.keys() & {"offset_days", "due_after"} and not each.task.due_is_fixed:
            each.task.due_on = days[each.task.key]


def _waive(task: Task, *, by: Person | None) -> None:
    before, reason = task.state, _("The templates do not ask for it any more.")
    task.state, task.reason = TaskState.WAIVED, reason
    session.add(TaskMove(task_id=task.id, from_state=before, to_state=TaskState.WAIVED, by_id=by.id if by else None, reason=reason))
    changes = {"state": [before.value, TaskState.WAIVED.value], "key": task.key}
    record("onboarding.task.waived", task, by=by, person=task.checklist.person, changes=changes, reason=reason)


def change_manager(checklist: Checklist, manager: Person | None, *, by: Person | None) -> None:
    """Give an onboarding another manager: their open tasks go along, and both are told in one mail each."""
    insist_on_running(checklist)
    before = checklist.manager
    checklist.manager_id = manager.id if manager else None
    session.flush()
    session.refresh(checklist, ["manager"])
    changes = {"manager": [before.id if before else None, checklist.manager_id]}
    record("onboarding.checklist.people_changed", checklist, by=by, person=checklist.person, changes=changes)
    if before is not None:
        hand_over(open_tasks_of(before, checklist=checklist), before, manager or checklist.hr, by=by)


def change_buddy(checklist: Checklist, buddy: Person | None, *, by: Person | None) -> None:
    """Give an onboarding another buddy: the open tasks of that part go along, and both are told in one mail each."""
    insist_on_running(checklist)
    before = checklist.buddy
    checklist.buddy_id = buddy.id if buddy and buddy.id != checklist.person_id else None
    session.flush()
    session.refresh(checklist, ["buddy"])
    changes = {"buddy": [before.id if before else None, checklist.buddy_id]}
    record("onboarding.checklist.people_changed", checklist, by=by, person=checklist.person, changes=changes)
    holder = before or checklist.manager  # without a buddy the manager does these tasks
    taker = checklist.buddy or checklist.manager or checklist.hr
    if holder is not None and (taker is None or taker.id != holder.id):
        tasks = [task for task in open_tasks_of(holder, checklist=checklist) if task.part is Part.BUDDY]
        hand_over(tasks, holder, taker, by=by)


def hand_over(tasks: Sequence[Task], giver: Person, taker: Person | None, *, by: Person | None, tells_giver: bool = True) -> None:
    """Give open tasks to somebody else, or to the queue of human resources (None). Both are told, in one mail each."""
    if not tasks:
        return
    values = {"owner_id": taker.id} if taker else {"owner_id": None, "part": Part.HR, "named_id": None, "team_id": None}
    keys = [task.id for task in tasks]
    meetings = [(task, task.checklist.person) for task in tasks if task.kind is TaskKind.MEETING]
    lines = [mails.Line(task.title, task.checklist.person.name, task.due_on) for task in tasks]
    statement = update(Task).where(Task.id.in_(keys), Task.owner_id == giver.id, Task.state.in_(UNFINISHED))
    session.flush()
    session.execute(statement.values(**values, version=Task.version + 1).execution_options(synchronize_session=False))
    for task in tasks:
        changes = {"owner": [giver.id, taker.id if taker else None]}
        record("onboarding.task.handed_over", task, by=by, person=task.checklist.person, changes=changes)
        session.expire(task)
    for task, new_hire in meetings:
        give_meeting_over(task, new_hire, taker, by=by)
    if tells_giver and giver.id != (by.id if by else None):
        mails.tasks_handed_over(giver, lines, giver=giver, taker=taker)
    if taker is not None and taker.id != (by.id if by else None):
        mails.tasks_handed_over(taker, lines, giver=giver, taker=taker)


def describe_day_one(checklist: Checklist, *, arrives_at: time | None, meeting_point: str, contact: Person | None, by: Person | None) -> None:
    """Say when and where the new hire is expected on day one, and whom in human resources they may ask."""
    if by is not None and not can_run(by):
        raise NotAllowed(_("Only human resources describes day one."))
    insist_on_running(checklist)
    checklist.hr_id = contact.id if contact else None
    checklist.arrives_at, checklist.meeting_point = arrives_at, one_line(meeting_point)[:300]
    session.flush()
    changes = {"arrives_at": arrives_at.isoformat("minutes") if arrives_at else None, "contact": checklist.hr_id}
    record("onboarding.checklist.day_one_described", checklist, by=by, person=checklist.person, changes=changes)


def insist_on_running(checklist: Checklist) -> None:
    """Raise WrongState once an onboarding is over."""
    if checklist.state is ChecklistState.DONE:
        raise WrongState(_("The onboarding of %(name)s is finished, so nothing in it moves any more.", name=checklist.person.name))
    if checklist.state is ChecklistState.CANCELLED:
        raise WrongState(_("This onboarding was cancelled."))
