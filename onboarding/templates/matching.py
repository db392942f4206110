"""Which templates and tasks fit an employment, and the tasks together without doubles. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from core.calendars.business_days import add_business_days
from core.people.models import Location
from onboarding.templates.models import CRITERIA, Template, TemplateCriterion, TemplateTask, TemplateVersion


class Position(Protocol):
    """What templates look at in an employment."""

    @property
    def job_role_id(self) -> int: ...
    @property
    def department_id(self) -> int: ...
    @property
    def location_id(self) -> int: ...
    @property
    def employment_type(self) -> Any: ...


class Dated(Protocol):
    """What a day is computed from: a task of a template or of a checklist."""

    key: str
    offset_days: int
    due_after: str


def fits(thing: Template | TemplateTask, employment: Position) -> bool:
    """Whether at least one value of each criterion is so in the employment. Needs `criteria`."""
    return all(getattr(employment, name) in values for name, values in wanted_values(thing.criteria).items())


def wanted_values(criteria: Iterable[TemplateCriterion]) -> dict[str, set[Any]]:
    """The values by what they are of, such as {"location_id": {1, 2}}; what is not asked for has no entry."""
    found: dict[str, set[Any]] = {}
    for criterion in criteria:
        name, value = criterion.value
        found.setdefault(name, set()).add(value)
    return {name: found[name] for name in CRITERIA if name in found}


def specificity(task: TemplateTask, template: Template) -> int:
    """How many things must fit; of two tasks with one key the more specific wins."""
    return len(wanted_values([*template.criteria, *task.criteria]))


def compose(versions: Iterable[TemplateVersion], employment: Position) -> list[TemplateTask]:
    """The tasks of all versions that fit, each key once: the one that asks for more. Needs `template` and `tasks` with their criteria."""
    chosen: dict[str, tuple[int, TemplateTask]] = {}
    for version in sorted(versions, key=lambda version: version.template_id):
        for task in version.tasks:
            rank = specificity(task, version.template)
            if fits(task, employment) and (task.key not in chosen or rank >= chosen[task.key][0]):
                chosen[task.key] = rank, task
    return sorted((task for _rank, task in chosen.values()), key=lambda task: (task.offset_days, task.position, task.key))


def due_day(starts_on: date, offset_days: int, location: Location | None) -> date:
    """The business day a task is due, so many business days from the start; a start on a holiday counts as the next business day."""
    return add_business_days(starts_on, offset_days, location)


def due_days(tasks: Sequence[Dated], starts_on: date, location: Location | None, finished: Mapping[str, date] | None = None) -> dict[str, date]:
    """The day of each task by key. One that is due after another counts from the day that was finished, or else is due itself."""
    known = {task.key for task in tasks}
    ends = dict(finished or {})
    found: dict[str, date] = {}
    waiting = list(tasks)
    while waiting:
        ready = [task for task in waiting if task.due_after not in known or task.due_after in found or task.due_after in ends] or waiting
        for task in ready:
            begins = ends.get(task.due_after) or found.get(task.due_after) or starts_on
            found[task.key] = due_day(begins, task.offset_days, location)
        waiting = [task for task in waiting if task.key not in found]
    return found


def key_from(title: str) -> str:
    """A key made of a title: lower case letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "task"
