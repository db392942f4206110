"""Somebody leaves, or withdraws before day one: their onboarding ends, and what is left to do is given out."""

from datetime import date

from core.audit.record import record
from core.db import session
from core.errors import Invalid, NotAllowed
from core.people.actions import one_line
from core.people.models import Employment, Person
from core.people.queries import people_with_right
from core.people.rights import Right
from core.web.i18n import _
from onboarding.changes.models import LeavingTask, Occasion
from onboarding.changes.queries import leaving_tasks, shadowing_ahead
from onboarding.checklists.actions import cancel_checklist, end_checklist
from onboarding.checklists.beginning import owner_of
from onboarding.checklists.models import Checklist, ChecklistKind, ChecklistState, Task, TaskState
from onboarding.checklists.policy import can_run
from onboarding.checklists.queries import find_checklist_for, running_of
from onboarding.meetings.actions import release_meetings_of
from onboarding.shadowing.actions import cancel
from onboarding.shadowing.queries import get_session
from onboarding.templates.actions import insist_on_version
from onboarding.templates.matching import due_day, key_from
from onboarding.templates.models import Part, Phase, TaskKind

MOST_TASKS = 30


def begin_leaving(employment: Employment, *, last_day: date, withdraws: bool, reason: str, by: Person | None) -> Checklist:
    """End what runs for a person whose employment ends, and give out what is left to do. A second call answers with the list there is.

    Needs the employment's person, manager and location.
    """
    person = employment.person
    for running in running_of(person):
        if running.kind is ChecklistKind.JOINING:
            end_checklist(running, reason=reason, by=by)
            release_meetings_of(running, by=by, reason=reason)
    _call_off_shadowing(person, after=None if withdraws else last_day, by=by)
    found = find_checklist_for(employment, ChecklistKind.LEAVING)
    if found is None:
        found = _give_out(employment, last_day=last_day, withdraws=withdraws, by=by)
    return found


def call_off(checklist: Checklist, *, reason: str, by: Person) -> None:
    """Cancel an onboarding that does not take place, with the meetings and the shadowing that were planned for it.

    Raises NotAllowed for others than human resources, Invalid without a reason, WrongState once it is over.
    """
    cancel_checklist(checklist, reason=reason, by=by)
    release_meetings_of(checklist, by=by, reason=checklist.reason)
    if checklist.kind is ChecklistKind.JOINING:
        _call_off_shadowing(checklist.person, after=None, by=by)


def call_off_employment(employment: Employment, *, reason: str, by: Person | None) -> None:
    """End what was begun for a position somebody does not take after all, while they stay employed as they were."""
    checklist = find_checklist_for(employment)
    if checklist is not None and checklist.state is ChecklistState.RUNNING:
        end_checklist(checklist, reason=reason, by=by)
        release_meetings_of(checklist, by=by, reason=checklist.reason)


def _call_off_shadowing(person: Person, *, after: date | None, by: Person | None) -> None:
    """Cancel the sessions that cannot take place any more, of a new hire or of a mentor; both sides get the cancellation."""
    for session_id in shadowing_ahead(person, after=after):
        cancel(get_session(session_id, viewer=by), reason=_("%(name)s leaves.", name=person.name), by=by, proposes=False)


def _give_out(employment: Employment, *, last_day: date, withdraws: bool, by: Person | None) -> Checklist:
    wanted = (Occasion.BOTH, Occasion.WITHDRAWS if withdraws else Occasion.LEAVES)
    if not leaving_tasks():
        add_usual_tasks(by=by)
    rows = [row for row in leaving_tasks(active=True) if row.occasion in wanted]
    contact = by if by is not None and can_run(by) else next(iter(people_with_right(Right.RUN_ONBOARDING)), None)
    checklist = Checklist(
        person=employment.person,
        employment_id=employment.id,
        kind=ChecklistKind.LEAVING,
        starts_on=last_day,
        manager=employment.manager,
        buddy=None,
        hr=contact,
        state=ChecklistState.RUNNING,
        sources=[],
    )
    session.add(checklist)
    checklist.tasks = [_task(row, checklist, employment, withdraws=withdraws) for row in rows]
    session.flush()
    record("onboarding.leaving.begun", checklist, by=by, person=employment.person, changes={"tasks": len(checklist.tasks)})
    return checklist


def _task(row: LeavingTask, checklist: Checklist, employment: Employment, *, withdraws: bool) -> Task:
    """Who withdraws has no account any more: what they would do themselves is asked for by human resources."""
    part = Part.HR if withdraws and row.part is Part.NEW_HIRE else row.part
    owner = owner_of(part, checklist)
    return Task(
        key=f"leaving-{row.id}-{key_from(row.title)}"[:60],
        position=row.position,
        phase=Phase.DAY_ONE,
        kind=TaskKind.TICK,
        title=row.title,
        part=part if owner is not None or part in (Part.HR, Part.IT) else Part.HR,
        offset_days=row.offset_days,
        owner=owner,
        due_on=due_day(checklist.starts_on, row.offset_days, employment.location),
        state=TaskState.OPEN,
    )


USUAL = (
    (Part.MANAGER, 0, Occasion.BOTH),
    (Part.IT, 0, Occasion.BOTH),
    (Part.HR, 0, Occasion.LEAVES),
    (Part.IT, 0, Occasion.WITHDRAWS),
    (Part.MANAGER, -5, Occasion.LEAVES),
    (Part.HR, 5, Occasion.LEAVES),
)


def _usual_titles() -> tuple[str, ...]:
    return (
        _("Get laptop, phone and other equipment back"),
        _("Block accounts and access"),
        _("Collect badge and keys"),
        _("Cancel accounts and equipment that were ordered"),
        _("Hand over clients and running work"),
        _("Send the last papers and pay"),
    )


def add_usual_tasks(*, by: Person | None) -> None:
    """Begin the list with what usually is left to do."""
    for position, (title, (part, offset, occasion)) in enumerate(zip(_usual_titles(), USUAL, strict=True)):
        session.add(LeavingTask(title=title, part=part, offset_days=offset, occasion=occasion, position=position, is_active=True))
    session.flush()


def write_leaving_task(
    row: LeavingTask | None, *, title: str, part: Part, offset_days: int, occasion: Occasion, is_active: bool, version: int, by: Person
) -> LeavingTask:
    """Add a task to the list, or change one. Lists that were given out keep what they have."""
    if not can_run(by):
        raise NotAllowed(_("Only human resources changes this list."))
    title = one_line(title)[:200]
    if not title:
        raise Invalid(_("A title is needed."), field="title")
    if not -60 <= offset_days <= 60:
        raise Invalid(_("Use a number of days from %(first)d to %(last)d.", first=-60, last=60), field="offset_days")
    if row is None:
        if len(leaving_tasks()) >= MOST_TASKS:
            raise Invalid(_("The list is full. Change a task that is no longer used instead."), field="title")
        row = LeavingTask(position=len(leaving_tasks()))
        session.add(row)
    else:
        insist_on_version(row.version, version)
    row.title, row.part, row.offset_days, row.occasion, row.is_active = title, part, offset_days, occasion, is_active
    session.flush()
    changes = {"part": part.value, "offset_days": offset_days, "occasion": occasion.value, "is_active": is_active}
    record("onboarding.leaving_task.written", row, by=by, changes=changes)
    return row
