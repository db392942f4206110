"""Making steps of what is still open: tasks, shadowing sessions and certificates. Pure."""

from collections.abc import Iterable, Sequence
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
class Situation:
    """All that is still open of one new hire."""

    starts_on: date
    tasks: tuple[OpenTask, ...] = ()
    planned: tuple[Planned, ...] = ()
    sessions_missing: int = 0  # how many more must be signed off, planned or not
    certificates: tuple[Certificate, ...] = ()


def steps(situation: Situation, *, starts_on: date, titles: tuple[str, str]) -> list[Step]:
    """The steps if the start is on the day. `titles`: of the start, and of a session nobody has planned.

    Tasks keep their distance to the start. A planned session stays where it is, unless the new start is later: then the calendar must change.
    Sessions follow one another, on a day each.
    """
    found = [Step(START, StepKind.START, titles[0], fixed_on=starts_on)]
    found += [_task(task, situation.starts_on) for task in situation.tasks]
    found += [_certificate(number, one, situation.starts_on) for number, one in enumerate(situation.certificates)]
    return found + _sessions(situation, titles[1])


def _task(task: OpenTask, starts_on: date) -> Step:
    kind = StepKind.CERTIFICATE if task.is_certificate else StepKind.TASK
    return _by_distance(Step(task.key, kind, task.title, owner=task.owner, url=task.url), task.due_on, starts_on)


def _certificate(number: int, one: Certificate, starts_on: date) -> Step:
    return _by_distance(Step(f"certificate-{number}", StepKind.CERTIFICATE, one.title, url=one.url), one.due_on or starts_on, starts_on)


def _by_distance(step: Step, due_on: date, starts_on: date) -> Step:
    """With the day it is due as a distance from the start, before it or after."""
    return replace(step, after=((START, (due_on - starts_on).days),))


def _sessions(situation: Situation, title: str) -> list[Step]:
    made: list[Step] = []
    planned: Sequence[Planned] = sorted(situation.planned, key=lambda one: (one.on, one.key))[: situation.sessions_missing]
    for one in planned:
        made.append(Step(one.key, StepKind.SESSION, one.title, _following(made), one.on, url=one.url))
    for number in range(situation.sessions_missing - len(planned)):
        made.append(Step(f"unplanned-{number}", StepKind.UNPLANNED_SESSION, title, _following(made)))
    return made


def _following(made: Iterable[Step]) -> tuple[tuple[str, int], ...]:
    last = [step.key for step in made][-1:]
    return tuple((key, 1) for key in last) or ((START, 0),)
