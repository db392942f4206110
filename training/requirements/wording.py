"""Whom a rule asks, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from core.people.labels import EMPLOYMENT_TYPE_LABELS
from core.people.models import EmploymentType
from core.web.i18n import _, _l
from training.compliance.audience import Match, Trait
from training.compliance.terms import Combination, DueFrom, VersionPolicy

MATCHES: dict[Match, Any] = {Match.ALL: _l("Must be so"), Match.ANY: _l("One of these must be so"), Match.NONE: _l("Must not be so")}
COMBINATIONS: dict[Combination, Any] = {
    Combination.COURSE: _l("One course"),
    Combination.ANY_OF: _l("Any one of several courses"),
    Combination.IN_ORDER: _l("Several courses, in order"),
}
DUE_FROM: dict[DueFrom, Any] = {
    DueFrom.AUDIENCE: _l("The day somebody belongs to those asked"),
    DueFrom.JOINING: _l("The first day of the employment"),
    DueFrom.RULE: _l("The first day of the rule"),
    DueFrom.FIXED_DAY: _l("Nothing: it is due on a fixed day"),
}
VERSION_POLICIES: dict[VersionPolicy, Any] = {
    VersionPolicy.ANY: _l("What was completed goes on counting"),
    VersionPolicy.WITHIN: _l("It counts only for some days more"),
    VersionPolicy.CURRENT: _l("It no longer counts"),
}


@dataclass(frozen=True)
class NamedCondition:
    """A condition with the name of what it asks for, where that has one."""

    joins: Match
    trait: Trait
    value: int | str
    name: str


def condition_words(condition: NamedCondition) -> str:
    """What one condition asks for: a job role, a place, a department with those below it."""
    if condition.trait is Trait.EMPLOYMENT_TYPE:
        return str(EMPLOYMENT_TYPE_LABELS[EmploymentType(str(condition.value))])
    if condition.trait is Trait.BELOW:
        return str(_("%(department)s and below", department=condition.name))
    if condition.trait is Trait.TAG:
        return str(_("tag %(tag)s", tag=condition.name))
    return condition.name


def audience_words(conditions: Iterable[NamedCondition]) -> str:
    """Everybody asked, as a list: what all must be, of what one, and what nobody may be."""
    groups: dict[Match, list[str]] = {match: [] for match in Match}
    for condition in conditions:
        groups[condition.joins].append(condition_words(condition))
    found = [" + ".join(groups[Match.ALL])] if groups[Match.ALL] else []
    if groups[Match.ANY]:
        found.append(str(_(" or ")).join(groups[Match.ANY]))
    found.extend(str(_("not %(what)s", what=what)) for what in groups[Match.NONE])
    return ", ".join(found)
