"""What a draft would give to whom, before it is published. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.people.models import Location
from onboarding.templates.matching import Position, compose, due_days, fits
from onboarding.templates.models import Template, TemplateTask, TemplateVersion


@dataclass(frozen=True)
class Place:
    """A position somebody may begin in: what templates look at."""

    job_role_id: int
    department_id: int
    location_id: int
    employment_type: Any


@dataclass(frozen=True)
class Given:
    """A task somebody would get: from which template, by when, and whether this draft brings it, changes it or leaves it."""

    task: TemplateTask
    template: Template
    due_on: date
    news: str  # "new", "changed" or nothing
    waits_for: list[str]


def preview(
    template: Template, draft: TemplateVersion | None, in_use: Iterable[TemplateVersion], place: Place, *, starts_on: date, location: Location | None
) -> tuple[list[Given], list[TemplateTask]]:
    """The tasks somebody in the place would get once the draft is published, and those they would get no more."""
    others = [version for version in in_use if version.template_id != template.id and fits(version.template, place)]
    own = [version for version in in_use if version.template_id == template.id and fits(template, place)]
    drafted = [draft] if draft is not None and fits(template, place) else own
    before = {task.key: task for task in compose([*others, *own], place)}
    after = compose([*others, *drafted], place)
    days = due_days(after, starts_on, location)
    titles = {task.key: task.title for task in after}
    template_of = {version.id: version.template for version in [*others, *drafted]}
    given = [
        Given(
            task,
            template_of[task.template_version_id],
            days[task.key],
            _news(task, before.get(task.key)),
            [titles[key] for key in task.waits_for if key in titles],
        )
        for task in after
    ]
    gone = [task for key, task in before.items() if key not in titles]
    return sorted(given, key=lambda one: (one.due_on, one.task.position, one.task.key)), gone


def _news(task: TemplateTask, before: TemplateTask | None) -> str:
    if before is None:
        return "new"
    same = before.id == task.id or all(value == getattr(before, name) for name, value in task.wording().items() if name != "position")
    return "" if same else "changed"


def fitting(template: Template, places: Sequence[Position]) -> list[int]:
    """Positions in the sequence of those whom the template fits."""
    return [number for number, place in enumerate(places) if fits(template, place)]
