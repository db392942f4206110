"""Making steps of what is still open: tasks, shadowing sessions and certificates. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from onboarding.readiness.path import Step, StepKind

START = "start"


@dataclass(frozen=True)
class OpenTask:
    """A required task that is not done, and the day it is due."""

    key: str
    title: str
    due_on: date
    owner: str = ""
    url: str = ""
    is_certificate: bool = False
    waits_for: tuple[str, ...] = ()  # keys of what has to be done first
    due_after: str = ""  # key of the open task its day is counted from, instead of the start
    is_fixed: bool = False  # its day stays where it is when the start moves


@dataclass(frozen=True)
class Planned:
    """A session that is in the calendars and not signed off."""

    key: str
    title: str
    on: date
    url: str = ""


@dataclass(frozen=True)
class Certificate:
    """A course the rules ask for that is not completed, whatever the checklist says."""

    title: str
    due_on: date | None
    url: str = ""


@dataclass(frozen=True)
class Stage:
    """A stage of a shadowing programme that is not passed: its sessions in the calendars, and how many more must be signed off, planned or not."""

    key: str
    planned: tuple[Planned, ...] = ()
    sessions_missing: int = 0
    gate: str = ""  # what somebody has to say before the next stage begins; empty where nobody has to
    url: str = ""


@dataclass(frozen=True)
class Situation:
    """All that is still open of one new hire."""

    starts_on: date
    tasks: tuple[OpenTask, ...] = ()
    planned: tuple[Planned, ...] = ()
    sessions_missing: int = 0  # how many more must be signed off, planned or not
    certificates: tuple[Certificate, ...] = ()
    stages: tuple[Stage, ...] = ()  # of a programme the person is in; then these say what sessions are missing
    shadowing_tasks: tuple[str, ...] = ()  # keys of the open tasks that sessions tick, in order: the first session the first


def steps(situation: Situation, *, starts_on: date, titles: tuple[str, str]) -> list[Step]:
    """The steps if the start is on the day. `titles`: of the start, and of a session nobody has planned.

    Tasks keep their distance to the start, or to the task they are due after, and wait for those that come first.
    A planned session stays where it is, unless the new start is later: then the calendar must change.
    Sessions follow one another, on a day each.
    """
    found = [Step(START, StepKind.START, titles[0], fixed_on=starts_on)]
    sessions = _stages(situation, titles[1]) if situation.stages else _sessions(situation.planned, situation.sessions_missing, titles[1])
    held = [step.key for step in sessions if step.kind is not StepKind.GATE]
    ticked_by = {task: held[min(number, len(held) - 1)] for number, task in enumerate(situation.shadowing_tasks) if held}
    found += _tasks(situation, ticked_by)
    found += [_certificate(number, one, situation.starts_on) for number, one in enumerate(situation.certificates)]
    return found + sessions


def _tasks(situation: Situation, ticked_by: Mapping[str, str]) -> list[Step]:
    """The tasks, each after what it waits for, without links that would close a circle: a template refuses these, but several may meet."""
    open_tasks = {task.key: task for task in situation.tasks}
    before: dict[str, set[str]] = {key: set() for key in open_tasks}
    made = []
    for task in situation.tasks:
        links = [key for key in (task.due_after, *task.waits_for) if key in open_tasks and task.key not in _reached_from(key, before)]
        before[task.key].update(links)
        after = [(key, (task.due_on - open_tasks[key].due_on).days if key == task.due_after else 0) for key in dict.fromkeys(links)]
        after += [(ticked_by[key], 0) for key in task.waits_for if key in ticked_by]
        step = _task(task, situation.starts_on, counts_from_start=task.due_after not in links)
        made.append(replace(step, after=(*step.after, *after)))
    return made


def _reached_from(key: str, before: Mapping[str, set[str]]) -> set[str]:
    found, ahead = {key}, [key]
    while ahead:
        ahead = [other for one in ahead for other in before[one] if other not in found]
        found.update(ahead)
    return found


def _task(task: OpenTask, starts_on: date, *, counts_from_start: bool) -> Step:
    kind = StepKind.CERTIFICATE if task.is_certificate else StepKind.TASK
    step = Step(task.key, kind, task.title, owner=task.owner, url=task.url)
    if task.is_fixed:
        return replace(step, not_before=task.due_on)
    return _by_distance(step, task.due_on, starts_on) if counts_from_start else step


def _certificate(number: int, one: Certificate, starts_on: date) -> Step:
    return _by_distance(Step(f"certificate-{number}", StepKind.CERTIFICATE, one.title, url=one.url), one.due_on or starts_on, starts_on)


def _by_distance(step: Step, due_on: date, starts_on: date) -> Step:
    """With the day it is due as a distance from the start, before it or after."""
    return replace(step, after=((START, (due_on - starts_on).days),))


def _stages(situation: Situation, title: str) -> list[Step]:
    """Stage by stage: its sessions, and then whoever has to let the new hire pass, on the day of the last of them at the earliest."""
    made: list[Step] = []
    for stage in situation.stages:
        made += _sessions(stage.planned, stage.sessions_missing, title, key=f"{stage.key}-", before=made)
        if stage.gate:
            last = tuple((key, 0) for key, _lag in _following(made))
            made.append(Step(f"{stage.key}-gate", StepKind.GATE, stage.gate, last, url=stage.url))
    return made


def _sessions(planned: Iterable[Planned], missing: int, title: str, *, key: str = "", before: Sequence[Step] = ()) -> list[Step]:
    made: list[Step] = []
    first = sorted(planned, key=lambda one: (one.on, one.key))[:missing]
    for one in first:
        made.append(Step(one.key, StepKind.SESSION, one.title, _following([*before, *made]), one.on, url=one.url))
    for number in range(missing - len(first)):
        made.append(Step(f"{key}unplanned-{number}", StepKind.UNPLANNED_SESSION, title, _following([*before, *made])))
    return made


def _following(made: Iterable[Step]) -> tuple[tuple[str, int], ...]:
    last = [step.key for step in made][-1:]
    return tuple((key, 1) for key in last) or ((START, 0),)
