"""What waits for a person in onboardings: their own tasks, those they do for others, and their team's queue."""

from datetime import date, timedelta

from flask import url_for

from core.people.models import Person
from core.waiting import Waiting
from core.web.i18n import _
from onboarding.checklists.locks import locks_of
from onboarding.checklists.models import Task, TaskState
from onboarding.checklists.policy import owns
from onboarding.checklists.queries import still_waiting, tasks_for
from onboarding.templates.models import TaskKind

AHEAD = timedelta(days=14)


def tasks_waiting_for(person: Person, *, on: date) -> list[Waiting]:
    """At most fifty, by day, due within two weeks, without what other tasks come before.

    Training tasks are left out: training itself says what waits there.
    """
    found = still_waiting(tasks_for(person, with_own=True, with_training=False, until=on + AHEAD).rows, on=on)
    locked = locks_of(found, on=on)
    return [_waiting(task, person) for task in found if (task.id not in locked or not owns(person, task)) and not _is_own_shadowing(task, person)]


def _is_own_shadowing(task: Task, person: Person) -> bool:
    """Whether others schedule it for the person: the session itself says when it is their turn."""
    return task.kind is TaskKind.SHADOWING and task.checklist.person_id == person.id


def _waiting(task: Task, person: Person) -> Waiting:
    own = task.checklist.person_id == person.id
    title = _("Review: %(title)s", title=task.title) if task.state is TaskState.SUBMITTED else task.title
    if task.state is not TaskState.SUBMITTED and not own and not owns(person, task):
        title = _("Decide: need this be done? %(title)s", title=task.title)
    return Waiting(
        title=title,
        about=_("Your onboarding") if own else task.checklist.person.name,
        url=url_for("tasks.show", task_id=task.public_id),
        kind=_("Onboarding"),
        due_on=task.due_on,
        since=task.created_at,
    )
