"""Which templates fit an employment, and their tasks without doubles. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from core.calendars.business_days import add_business_days
from core.people.models import Employment, Location
from onboarding.templates.models import Template, TemplateTask, TemplateVersion


def fits(template: Template, employment: Employment) -> bool:
    """Whether everything the template asks for is so in the employment."""
    asked = (
        (template.job_role_id, employment.job_role_id),
        (template.department_id, employment.department_id),
        (template.location_id, employment.location_id),
        (template.employment_type, employment.employment_type),
    )
    return all(wanted is None or wanted == found for wanted, found in asked)


def compose(versions: Iterable[TemplateVersion]) -> list[TemplateTask]:
    """The tasks of all versions together, each key once: the one of the more specific template. Needs `template` and `tasks`."""
    chosen: dict[str, TemplateTask] = {}
    for version in sorted(versions, key=lambda version: (version.template.specificity, version.template_id)):
        for task in version.tasks:
            chosen[task.key] = task
    return sorted(chosen.values(), key=lambda task: (task.offset_days, task.position, task.key))


def due_day(starts_on: date, offset_days: int, location: Location | None) -> date:
    """The business day a task is due, so many business days from the start; a start on a holiday counts as the next business day."""
    return add_business_days(starts_on, offset_days, location)


def key_from(title: str) -> str:
    """A key made of a title: lower case letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "task"
