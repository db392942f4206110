"""Which tasks wait for others of the same checklist, and what follows when those are done."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.calendars.business_days import add_business_days
from core.clock import now, today
from core.db import session
from core.errors import WrongState
from core.people.models import Employment, Location
from core.web.i18n import _
from onboarding.checklists.models import FINISHED, Checklist, ChecklistState, Task
from onboarding.checklists.queries import finished_elsewhere
from onboarding.checklists.standing import fact_of


def locks_of(tasks: Sequence[Task], *, on: date) -> dict[int, tuple[str, ...]]:
    """Titles of what each task waits for and is not done yet: inner key → titles; what is not locked has no entry. Needs `checklist`.

    One statement for what comes first, and those that ask the other areas whether it is done there.
    """
    waiting = [task for task in tasks if task.waits_for and task.state not in FINISHED]
    if not waiting:
        return {}
    query = (
        select(Task)
        .where(
            Task.checklist_id.in_({task.checklist_id for task in waiting}),
            Task.key.in_({key for task in waiting for key in task.waits_for}),
            Task.state.not_in(FINISHED),
        )
        .options(joinedload(Task.checklist))
        .order_by(Task.due_on, Task.position, Task.id)
    )
    first = session.scalars(query).all()
    finished = finished_elsewhere([fact_of(task) for task in first], on=on)
    titles = {(task.checklist_id, task.key): task.title for task in first if task.id not in finished}
    found = {task.id: tuple(titles[place] for key in task.waits_for if (place := (task.checklist_id, key)) in titles) for task in waiting}
    return {key: names for key, names in found.items() if names}


def insist_unlocked(task: Task) -> None:
    """Raise WrongState, naming what comes first, while the task waits for others, and when its onboarding was cancelled."""
    if task.checklist.state is ChecklistState.CANCELLED:
        raise WrongState(_("This onboarding was cancelled."))
    names = locks_of([task], on=now().date()).get(task.id, ())
    if names:
        raise WrongState(_("This has to be done first: %(titles)s.", titles=", ".join(names)))


def date_what_follows(task: Task) -> None:
    """Count the days of unfinished tasks that are due after this one from the day it was finished."""
    query = select(Task).where(Task.checklist_id == task.checklist_id, Task.due_after == task.key, Task.state.not_in(FINISHED)).order_by(Task.id)
    following = session.scalars(query).all()
    if not following:
        return
    place = session.scalars(
        select(Location)
        .join(Employment, Employment.location_id == Location.id)
        .join(Checklist, Checklist.employment_id == Employment.id)
        .where(Checklist.id == task.checklist_id)
    ).one()
    for one in following:
        one.due_on = add_business_days(today(place.time_zone), one.offset_days, place)
