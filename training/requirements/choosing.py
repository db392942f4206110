"""What a condition of a rule can ask for, as a form offers it and as an action takes it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms.fields.choices import SelectChoice

from core.groups.models import Tag
from core.people.labels import EMPLOYMENT_TYPE_LABELS
from core.people.models import Department, JobRole, Location
from core.web.i18n import _
from training.compliance.audience import Condition, Match, Trait


@dataclass(frozen=True)
class Choosable:
    """The rows a condition may point to."""

    job_roles: Sequence[JobRole]
    departments: Sequence[Department]
    locations: Sequence[Location]
    tags: Sequence[Tag]

    def choices(self) -> list[SelectChoice]:
        """What a row of the form offers, in groups; the first is no condition."""
        contract = _("Kind of contract")
        return [
            SelectChoice("", _("No condition")),
            *_group(_("Job role"), Trait.JOB_ROLE, self.job_roles),
            *_group(_("Department"), Trait.DEPARTMENT, self.departments),
            *_group(_("Department and below"), Trait.BELOW, self.departments, _and_below),
            *_group(_("Place"), Trait.LOCATION, self.locations),
            *(SelectChoice(f"{Trait.EMPLOYMENT_TYPE}:{kind}", label, optgroup=contract) for kind, label in EMPLOYMENT_TYPE_LABELS.items()),
            *_group(_("Tag"), Trait.TAG, self.tags),
        ]

    def condition(self, joins: str, asked: str) -> Condition:
        """The condition a row of the form asks for; it has been checked to be one of the choices."""
        trait, value = asked.split(":", 1)
        if trait == Trait.EMPLOYMENT_TYPE:
            return Condition(Match(joins), Trait.EMPLOYMENT_TYPE, value)
        rows: dict[str, Sequence[Any]] = {
            Trait.JOB_ROLE: self.job_roles,
            Trait.DEPARTMENT: self.departments,
            Trait.BELOW: self.departments,
            Trait.LOCATION: self.locations,
            Trait.TAG: self.tags,
        }
        key = next(row.id for row in rows[trait] if str(row.public_id) == value)
        return Condition(Match(joins), Trait(trait), key)


def _and_below(department: Department) -> str:
    return str(_("%(department)s and below", department=department.name))


def _group(title: str, trait: Trait, rows: Iterable[Any], named: Callable[[Any], str] = lambda row: str(row.name)) -> list[SelectChoice]:
    return [SelectChoice(f"{trait}:{row.public_id}", named(row), optgroup=title) for row in rows]
