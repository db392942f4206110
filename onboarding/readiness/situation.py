"""Reading what is still open of one new hire."""

from datetime import date
from zoneinfo import ZoneInfo

from flask import url_for

import training.public
from core.people.models import Person
from core.web.i18n import _
from onboarding.checklists.models import FINISHED, Checklist, Task
from onboarding.checklists.queries import finished_elsewhere, tasks_of
from onboarding.checklists.standing import fact_of
from onboarding.readiness.steps import Certificate, OpenTask, Planned, Situation
from onboarding.shadowing.models import Session, SessionState
from onboarding.shadowing.queries import sessions_of
from onboarding.templates.labels import PARTS
from onboarding.templates.models import TaskKind

MISSING = frozenset({"overdue", "expired", "due_soon", "in_progress", "not_started"})


def situation_of(checklist: Checklist, *, on: date) -> Situation:
    """The required tasks, sessions and certificates that are missing on the day."""
    tasks = [task for task in tasks_of(checklist) if task.required]
    finished = finished_elsewhere([fact_of(task) for task in tasks], on=on)
    left = [task for task in tasks if task.state not in FINISHED and task.id not in finished]
    courses = {course.id: course for course in training.public.courses()} if any(task.kind is TaskKind.TRAINING for task in left) else {}
    urls = {task.id: courses[task.course_id].url for task in left if task.course_id in courses}
    return Situation(
        starts_on=checklist.starts_on,
        tasks=tuple(_task(task, urls.get(task.id, "")) for task in left if task.kind is not TaskKind.SHADOWING),
        planned=tuple(_planned(session) for session in sessions_of(checklist.person) if session.state is not SessionState.SIGNED_OFF),
        sessions_missing=sum(task.kind is TaskKind.SHADOWING for task in left),
        certificates=tuple(_certificates(checklist.person, besides=set(urls.values()), on=on)),
    )


def _task(task: Task, course: str) -> OpenTask:
    owner = task.owner.name if task.owner else str(PARTS[task.part])
    url = course or url_for("tasks.show", task_id=task.public_id)
    return OpenTask(f"task-{task.id}", task.title, task.due_on, owner, url, is_certificate=task.kind is TaskKind.TRAINING)


def _planned(session: Session) -> Planned:
    day = session.ends_at.astimezone(ZoneInfo(session.time_zone)).date()
    url = url_for("shadowing.show", session_id=session.public_id)
    return Planned(f"session-{session.id}", _("Shadowing with %(name)s", name=session.mentor.name), day, url)


def _certificates(person: Person, *, besides: set[str], on: date) -> list[Certificate]:
    standing = training.public.standing_of(person, on=on)
    found = {fact.url: Certificate(fact.course, fact.due_on, fact.url) for fact in standing if fact.state in MISSING and fact.url not in besides}
    return list(found.values())
