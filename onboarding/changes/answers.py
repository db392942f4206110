"""What the pages that change where people belong ask of onboarding, before they do it and when they do."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for

from core.clock import today
from core.people.models import Employment, Person
from onboarding.changes import actions, leaving, queries
from onboarding.changes.coming import arrange_position, follow_into_position, replace_employment
from onboarding.changes.passing_on import around, arrange_handover, carry_out_handovers, pass_on
from onboarding.checklists.models import ChecklistState, Task
from onboarding.checklists.queries import find_checklist_for
from onboarding.meetings.queries import meetings_before
from onboarding.shadowing.models import AHEAD
from onboarding.shadowing.queries import sessions_of
from onboarding.templates.labels import PARTS
from onboarding.templates.models import TemplateTask


@dataclass(frozen=True)
class TaskLine:
    """A task as a preview names it; `after` is its new day, if it gets one."""

    title: str
    who: str
    due_on: date | None = None
    after: date | None = None


@dataclass(frozen=True)
class StartPreview:
    """What another first day moves. `is_over` when the onboarding is finished or cancelled, so that it does not move at all."""

    is_over: bool
    moved: list[TaskLine]
    fixed: list[TaskLine]
    finished: int
    sessions: list[tuple[str, str]]  # shadowing before the new first day: with whom, address
    meetings: list[tuple[str, str]]  # and meetings whose time is set: what for, address


@dataclass(frozen=True)
class PositionPreview:
    """What the templates ask for in another position, beside what the checklist holds."""

    added: list[TaskLine]
    gone: list[TaskLine]
    reworded: list[TaskLine]
    kept: int
    finished: int
    follows_on: date | None  # the day all this happens; None: at once
    moves_on: int  # open tasks of the manager before, which go to the new one


@dataclass(frozen=True)
class LeavingPreview:
    """What the end of somebody's employment sets going."""

    tasks: list[str]
    open_tasks: int
    passes_on: date | None  # the day what they do for others goes to another; None: at once
    taker: str
    taken_over: list[str]  # new hires whose manager the taker becomes
    left_behind: list[str]  # new hires who then miss a manager, buddy or contact


def start_preview(employment: Employment, starts_on: date) -> StartPreview | None:
    """What another first day would move; None without an onboarding. Needs the employment's person and location."""
    checklist = find_checklist_for(employment)
    if checklist is None:
        return None
    moves = queries.days_after_move(checklist, starts_on, employment.location)
    early = [session for session in sessions_of(employment.person) if session.state in AHEAD and session.starts_at.date() < starts_on]
    return StartPreview(
        is_over=checklist.state is not ChecklistState.RUNNING,
        moved=[_line(move.task, after=move.after) for move in moves.moved],
        fixed=[_line(task) for task in moves.fixed],
        finished=len(moves.finished),
        sessions=[(session.mentor.name, url_for("shadowing.show", session_id=session.public_id)) for session in early],
        meetings=[(task.title, url_for("tasks.show", task_id=task.public_id)) for task in meetings_before(checklist, starts_on)],
    )


def start_moved(before: Employment, after: Employment, *, by: Person | None) -> None:
    """Let the onboarding of an employment follow its new first day. Raises WrongState when it is finished already."""
    checklist = find_checklist_for(before)
    replace_employment(before, after)
    if checklist is not None and checklist.state is not ChecklistState.CANCELLED:
        actions.move_first_day(checklist, after, by=by)


def employment_replaced(before: Employment, after: Employment) -> None:
    """Let what was written down for an employment that is superseded be for the one in its place."""
    replace_employment(before, after)


def position_preview(before: Employment, after: Employment, *, starts_on: date) -> PositionPreview | None:
    """What changes for the onboarding under way when `before` becomes `after`, which need not be written down; None without one."""
    checklist = queries.checklist_through(before)
    if checklist is None or checklist.state is not ChecklistState.RUNNING:
        return None
    found = queries.difference_for(checklist, after)
    moving = checklist.manager is not None and after.manager_id != checklist.manager_id
    return PositionPreview(
        added=[_wanted(task) for task in found.added],
        gone=[_line(task) for task in found.gone],
        reworded=[_line(each.task) for each in found.reworded],
        kept=len(found.kept),
        finished=len(found.finished),
        follows_on=starts_on if _begins_later(before, starts_on) else None,
        moves_on=len(queries.open_tasks_of(checklist.manager, checklist=checklist)) if moving and checklist.manager else 0,
    )


def position_changed(before: Employment, after: Employment, *, applies: bool, by: Person | None) -> None:
    """Let an onboarding under way follow its person into another position when that begins; with `applies` also the tasks of its templates."""
    if _begins_later(before, after.valid_from):
        arrange_position(after, applies=applies)
    else:
        follow_into_position(after, applies=applies, by=by)


def _begins_later(before: Employment, starts_on: date) -> bool:
    """Whether a position begins on a later day; one that takes the place of another that has not begun counts from now on."""
    return starts_on > max(before.valid_from, today(before.location.time_zone))


def leaving_preview(employment: Employment, *, last_day: date | None, taker: Person | None = None) -> LeavingPreview:
    """What would be set going when the employment ends; without a last day, when it never begins. Needs the person and the location."""
    person, ahead = employment.person, _is_ahead(employment, last_day)
    wanted = {"both", "withdraws" if last_day is None else "leaves"}
    found = around(person, queries.checklists_around(person), taker)
    return LeavingPreview(
        tasks=[row.title for row in queries.leaving_tasks(active=True) if row.occasion in wanted],
        open_tasks=len(queries.open_tasks_of(person)),
        passes_on=last_day + timedelta(days=1) if last_day is not None and ahead else None,
        taker=taker.name if taker else "",
        taken_over=sorted(found.taken_over),
        left_behind=sorted(found.left_behind),
    )


def left(employment: Employment, *, last_day: date, withdraws: bool, taker: Person | None, reason: str, by: Person | None) -> None:
    """End the onboarding of somebody who leaves or withdraws and give out what is left to do. What they did for others is passed on
    on the day after their last day, at once where that has come. Where only a change of position does not take place, its onboarding ends."""
    if withdraws and queries.stays_employed(employment):
        leaving.call_off_employment(employment, reason=reason, by=by)
        return
    leaving.begin_leaving(employment, last_day=last_day, withdraws=withdraws, reason=reason, by=by)
    if not withdraws and _is_ahead(employment, last_day):
        arrange_handover(employment, taker=taker, by=by)
    else:
        pass_on(employment.person, last_day=last_day, taker=taker, by=by)


def _is_ahead(employment: Employment, last_day: date | None) -> bool:
    return last_day is not None and last_day >= today(employment.location.time_zone)


def has_gone(person: Person, *, last_day: date) -> int:
    """Pass on what somebody whose last day is over still had to do for new hires. Answers how many tasks. Doing it twice changes nothing."""
    carry_out_handovers()
    return pass_on(person, last_day=last_day, taker=queries.stand_in_for(person, on=last_day), by=None)


def _line(task: Task, *, after: date | None = None) -> TaskLine:
    return TaskLine(task.title, task.owner.name if task.owner else str(PARTS[task.part]), task.due_on, after)


def _wanted(task: TemplateTask) -> TaskLine:
    return TaskLine(task.title, str(PARTS[task.part]))
