"""What somebody who leaves does for new hires goes to another, on the day after the last day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.audit.record import record
from core.clock import now, today
from core.db import session
from core.people.models import Employment, Person
from core.people.queries import find_employment, people_with_right
from core.people.rights import Right
from onboarding.changes import mails
from onboarding.changes.actions import hand_over
from onboarding.changes.models import ChangeKind, ComingChange
from onboarding.changes.queries import checklists_around, due_handovers, find_coming, open_tasks_of, stand_in_for
from onboarding.checklists.models import Checklist


@dataclass(frozen=True)
class Around:
    """The new hires around somebody who leaves, by name: those another manages from then on, and those who miss somebody."""

    taken_over: list[str]
    left_behind: list[str]


def arrange_handover(employment: Employment, *, taker: Person | None, by: Person | None) -> None:
    """Write down who takes over when the employment is over, and tell human resources. Again, another takes over. Needs the person."""
    found = find_coming(employment, ChangeKind.HANDOVER)
    if found is None:
        found = ComingChange(employment_id=employment.id, kind=ChangeKind.HANDOVER)
        session.add(found)
    found.taker_id, found.done_at = taker.id if taker else None, None
    session.flush()
    leaver, checklists = employment.person, checklists_around(employment.person)
    record("onboarding.handover.arranged", found, by=by, person=leaver, changes={"taker": found.taker_id})
    _tell(leaver, employment.valid_to or today(), taker, len(open_tasks_of(leaver)), around(leaver, checklists, taker), ahead=True, by=by)


def carry_out_handovers() -> int:
    """Pass on what those did for others whose last day is over at their place. Answers for how many. Doing it twice changes nothing."""
    due = due_handovers()
    for coming in due:
        leaver, last_day = coming.employment.person, coming.employment.valid_to or today()
        pass_on(leaver, last_day=last_day, taker=_still_here(coming.taker, leaver, last_day), by=None, is_told=True)
        coming.done_at = now()
    session.flush()
    return len(due)


def _still_here(taker: Person | None, leaver: Person, last_day: date) -> Person | None:
    """Who takes over, or who stands in where that one has left meanwhile too."""
    if taker is None or find_employment(taker, on=today(taker.time_zone)) is not None:
        return taker
    return stand_in_for(leaver, on=last_day)


def pass_on(leaver: Person, *, last_day: date, taker: Person | None, by: Person | None, is_told: bool = False) -> int:
    """Give what somebody does for new hires to another, or to human resources (None), who are told unless they were. Answers how many tasks."""
    tasks, checklists = open_tasks_of(leaver), checklists_around(leaver)
    possible = [task for task in tasks if taker is None or task.checklist.person_id != taker.id]
    hand_over(possible, leaver, taker, by=by, tells_giver=False)
    hand_over([task for task in tasks if task not in possible], leaver, None, by=by, tells_giver=False)  # nobody does these for themselves
    found = around(leaver, checklists, taker)
    for checklist in checklists:
        if checklist.manager_id == leaver.id:
            checklist.manager = _manager_after(checklist, taker)
        if checklist.hr_id == leaver.id:
            checklist.hr = next((person for person in people_with_right(Right.RUN_ONBOARDING) if person.id != leaver.id), None)
        if checklist.buddy_id == leaver.id:
            checklist.buddy = None
        record("onboarding.checklist.people_changed", checklist, by=by, person=checklist.person, changes={"left": leaver.id})
    session.flush()
    if not is_told:
        _tell(leaver, last_day, taker, len(tasks), found, ahead=False, by=by)
    return len(tasks)


def around(leaver: Person, checklists: Sequence[Checklist], taker: Person | None) -> Around:
    """Which of the new hires another manages once somebody has left, and which then miss a manager, buddy or contact."""
    managed = [checklist for checklist in checklists if checklist.manager_id == leaver.id]
    taken_over = [checklist for checklist in managed if _manager_after(checklist, taker) is not None]
    alone = [checklist for checklist in checklists if checklist.manager is None or (checklist in managed and checklist not in taken_over)]
    left_behind = [checklist for checklist in checklists if checklist in alone or checklist.buddy_id == leaver.id or checklist.hr_id is None]
    return Around([checklist.person.name for checklist in taken_over], [checklist.person.name for checklist in left_behind])


def _manager_after(checklist: Checklist, taker: Person | None) -> Person | None:
    return taker if taker is None or taker.id != checklist.person_id else None


def _tell(leaver: Person, last_day: date, taker: Person | None, tasks: int, found: Around, *, ahead: bool, by: Person | None) -> None:
    if not (tasks or found.taken_over or found.left_behind):
        return
    for colleague in people_with_right(Right.RUN_ONBOARDING):
        if colleague.id not in (leaver.id, by.id if by else None):
            mails.colleague_leaves(
                colleague,
                leaver=leaver,
                last_day=last_day,
                ahead=ahead,
                taker=taker,
                tasks=tasks,
                taken_over=found.taken_over,
                left_behind=found.left_behind,
            )
