"""Reading what is still open of one new hire."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from flask import url_for

import training.public
from core.people.models import Person
from core.web.i18n import _
from onboarding.checklists.models import FINISHED, Checklist, Task
from onboarding.checklists.queries import finished_elsewhere, tasks_of
from onboarding.checklists.standing import fact_of
from onboarding.programmes.labels import STAGE_KINDS
from onboarding.programmes.progress import Reached
from onboarding.programmes.queries import find_participation, progress_of
from onboarding.readiness.steps import Certificate, OpenTask, Planned, Situation, Stage
from onboarding.shadowing.models import UNSETTLED, Session, SessionState
from onboarding.shadowing.queries import sessions_of
from onboarding.templates.labels import PARTS
from onboarding.templates.models import TaskKind

MISSING = frozenset({"overdue", "expired", "due_soon", "in_progress", "not_started"})


def situation_of(checklist: Checklist, *, on: date) -> Situation:
    """The required tasks, sessions and certificates that are missing on the day."""
    tasks = tasks_of(checklist)
    finished = finished_elsewhere([fact_of(task) for task in tasks], on=on)
    left = _needed({task.key: task for task in tasks if task.state not in FINISHED and task.id not in finished})
    courses = {course.id: course for course in training.public.courses()} if any(task.kind is TaskKind.TRAINING for task in left) else {}
    urls = {task.id: courses[task.course_id].url for task in left if task.course_id in courses}
    sessions = [session for session in sessions_of(checklist.person) if _is_open(session)]
    shadowing = tuple(_key(task.key) for task in left if task.kind is TaskKind.SHADOWING)
    all_keys = {task.key for task in tasks}
    return Situation(
        starts_on=checklist.starts_on,
        tasks=tuple(_task(task, urls.get(task.id, ""), all_keys) for task in left if task.kind is not TaskKind.SHADOWING),
        planned=tuple(_planned(session) for session in sessions),
        sessions_missing=len(shadowing),
        certificates=tuple(_certificates(checklist.person, besides=set(urls.values()), on=on)),
        stages=tuple(_stages(checklist.person, sessions)),
        shadowing_tasks=shadowing,
    )


def _needed(left: dict[str, Task]) -> list[Task]:
    """The required tasks of those by key that are left, and what these wait for, required or not."""
    needed = [key for key, task in left.items() if task.required]
    for key in needed:  # grows while it is read
        needed += [other for other in left[key].waits_for if other in left and other not in needed]
    return [task for key, task in left.items() if key in needed]


def _is_open(session: Session) -> bool:
    """Whether a session may still come to count: it is to come, or one of the two has not said so."""
    return session.state in UNSETTLED or (session.state is SessionState.SIGNED_OFF and session.logged_at is None)


def _task(task: Task, course: str, all_keys: set[str]) -> OpenTask:
    """A task whose day is counted from another keeps it once that one is done."""
    return OpenTask(
        _key(task.key),
        task.title,
        task.due_on,
        owner=task.owner.name if task.owner else str(PARTS[task.part]),
        url=course or url_for("tasks.show", task_id=task.public_id),
        is_certificate=task.kind is TaskKind.TRAINING,
        waits_for=tuple(_key(key) for key in task.waits_for),
        due_after=_key(task.due_after) if task.due_after in all_keys and not task.due_is_fixed else "",
        is_fixed=task.due_is_fixed,
    )


def _key(task_key: str) -> str:
    return f"task-{task_key}"  # somebody may have called a task “start”


def _stages(person: Person, sessions: Sequence[Session]) -> list[Stage]:
    """What is left of the shadowing programme the person is in, from the stage they are in on."""
    participation = find_participation(person)
    if participation is None or participation.stage is None:
        return []
    reached = progress_of([participation])[participation.id]
    url = url_for("progress.show", participation_id=participation.public_id)
    return [
        Stage(
            key=f"stage-{stage.id}",
            planned=tuple(_planned(session) for session in sessions if session.stage_id == stage.id),
            sessions_missing=_missing(reached[stage.id]),
            gate=_("Stage “%(stage)s”: let the new hire pass", stage=STAGE_KINDS[stage.kind]) if stage.needs_approval else "",
            url=url,
        )
        for stage in participation.programme.stages
        if stage.position >= participation.stage.position
    ]


def _missing(reached: Reached) -> int:
    """How many more sessions: at least one while minutes or objectives are missing."""
    return max(reached.asked.sessions - reached.sessions, 0 if reached.is_reached else 1)


def _planned(session: Session) -> Planned:
    day = session.ends_at.astimezone(ZoneInfo(session.time_zone)).date()
    url = url_for("shadowing.show", session_id=session.public_id)
    return Planned(f"session-{session.id}", _("Shadowing with %(name)s", name=session.mentor.name), day, url)


def _certificates(person: Person, *, besides: set[str], on: date) -> list[Certificate]:
    standing = training.public.standing_of(person, on=on)
    found = {fact.url: Certificate(fact.course, fact.due_on, fact.url) for fact in standing if fact.state in MISSING and fact.url not in besides}
    return list(found.values())
