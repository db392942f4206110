"""Whom a rule asks: conditions on where somebody belongs, all, any or none of which hold. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

FAR = date.max
DAY = timedelta(days=1)
Days = tuple[date, date | None]


class Match(StrEnum):
    """How a condition joins the others."""

    ALL = "all"  # each of these must hold
    ANY = "any"  # one of these must hold, if there are any
    NONE = "none"  # none of these may hold


class Trait(StrEnum):
    """What a condition looks at."""

    JOB_ROLE = "job_role"
    DEPARTMENT = "department"
    BELOW = "below"  # a department and all that stand below it
    LOCATION = "location"
    EMPLOYMENT_TYPE = "employment_type"
    TAG = "tag"


@dataclass(frozen=True)
class Stretch:
    """Days in which nothing changed of where a person belongs; `until` is the last, None while it goes on."""

    since: date
    until: date | None
    job_role_id: int
    department_id: int = 0
    location_id: int = 0
    employment_type: str = ""
    hired_on: date | None = None
    tags: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Condition:
    """One trait and the value asked for: an inner key, or a kind of contract."""

    joins: Match
    trait: Trait
    value: int | str


@dataclass(frozen=True)
class Audience:
    """Conditions together. Without any it is everybody employed.

    `below` tells which departments stand at or below one that is asked with all below it, and in which days each did.
    """

    conditions: tuple[Condition, ...] = ()
    below: Mapping[int, Mapping[int, Sequence[Days]]] = field(default_factory=dict, hash=False)

    @cached_property
    def _groups(self) -> tuple[list[Condition], list[Condition], list[Condition]]:
        groups: dict[Match, list[Condition]] = {match: [] for match in Match}
        for condition in self.conditions:
            groups[condition.joins].append(condition)
        return groups[Match.ALL], groups[Match.ANY], groups[Match.NONE]

    @cached_property
    def is_dated(self) -> bool:
        """Whether it asks for departments whose place among the others has changed or will."""
        return any(days != [(date.min, None)] for tree in self.below.values() for days in map(list, tree.values()))

    def holds(self, stretch: Stretch, on: date) -> bool:
        """Whether somebody who belongs so is asked on the day."""
        must, one_of, never = self._groups
        return (
            all(self._is_so(condition, stretch, on) for condition in must)
            and (not one_of or any(self._is_so(condition, stretch, on) for condition in one_of))
            and not any(self._is_so(condition, stretch, on) for condition in never)
        )

    def may_ask(self, job_role_id: int) -> bool:
        """Whether somebody in the job role can be asked, whatever else is true of them."""
        must, one_of, never = self._groups

        def can_be(condition: Condition) -> bool:
            return condition.trait is not Trait.JOB_ROLE or condition.value == job_role_id

        refused = any(condition.trait is Trait.JOB_ROLE and condition.value == job_role_id for condition in never)
        return not refused and all(map(can_be, must)) and (not one_of or any(map(can_be, one_of)))

    def _is_so(self, condition: Condition, stretch: Stretch, on: date) -> bool:
        match condition.trait:
            case Trait.JOB_ROLE:
                return stretch.job_role_id == condition.value
            case Trait.DEPARTMENT:
                return stretch.department_id == condition.value
            case Trait.LOCATION:
                return stretch.location_id == condition.value
            case Trait.EMPLOYMENT_TYPE:
                return stretch.employment_type == condition.value
            case Trait.TAG:
                return condition.value in stretch.tags
        days = self.below.get(int(condition.value), {}).get(stretch.department_id, ())
        return any(since <= on and (until is None or on <= until) for since, until in days)

    def parts(self, stretch: Stretch) -> list[tuple[date, date]]:
        """The parts of a stretch in which somebody is asked, without gaps between parts that meet."""
        last = stretch.until or FAR
        if not self.is_dated:
            return [(stretch.since, last)] if self.holds(stretch, stretch.since) else []
        found: list[tuple[date, date]] = []
        begins = sorted({stretch.since, *(day for day in self._changes(stretch) if stretch.since < day <= last)})
        for place, begin in enumerate(begins):
            end = begins[place + 1] - DAY if place + 1 < len(begins) else last
            if not self.holds(stretch, begin):
                continue
            if found and found[-1][1] == begin - DAY:
                found[-1] = (found[-1][0], end)
            else:
                found.append((begin, end))
        return found

    def _changes(self, stretch: Stretch) -> set[date]:
        found: set[date] = set()
        for tree in self.below.values():
            for since, until in tree.get(stretch.department_id, ()):
                found.add(since)
                if until is not None and until < FAR:
                    found.add(until + DAY)
        return found


def with_tags(stretches: Sequence[Stretch], tagged: Sequence[tuple[int, date, date | None]]) -> list[Stretch]:
    """The stretches cut where a tag (inner key, first and last day) begins or ends, each with the tags carried in it."""
    if not tagged:
        return list(stretches)
    cuts = {since for _tag, since, _until in tagged} | {until + DAY for _tag, _since, until in tagged if until is not None and until < FAR}
    found: list[Stretch] = []
    for stretch in stretches:
        last = stretch.until or FAR
        begins = sorted({stretch.since, *(day for day in cuts if stretch.since < day <= last)})
        for place, begin in enumerate(begins):
            end = begins[place + 1] - DAY if place + 1 < len(begins) else stretch.until
            tags = frozenset(tag for tag, since, until in tagged if since <= begin and (until is None or begin <= until))
            found.append(
                Stretch(
                    begin,
                    end,
                    stretch.job_role_id,
                    stretch.department_id,
                    stretch.location_id,
                    stretch.employment_type,
                    stretch.hired_on,
                    tags,
                )
            )
    return found


def below(places: Sequence[tuple[int, int | None, date]], department_id: int) -> dict[int, list[Days]]:
    """Which departments stand at or below one, and in which days: from rows (department, above it, from a day on), oldest first.

    A department without a row stands for itself. A row holds until the next of the same department.
    """
    cuts = sorted({date.min, *(since for _department, _above, since in places)})
    found: dict[int, list[Days]] = {}
    for place, begin in enumerate(cuts):
        end = cuts[place + 1] - DAY if place + 1 < len(cuts) else None
        above: dict[int, int | None] = {}
        for department, parent, since in places:
            if since <= begin:
                above[department] = parent
        for department in {department_id, *above}:
            if _reaches(department, department_id, above):
                days = found.setdefault(department, [])
                if days and days[-1][1] is not None and days[-1][1] + DAY == begin:
                    days[-1] = (days[-1][0], end)
                else:
                    days.append((begin, end))
    return found


def _reaches(department: int, wanted: int, above: Mapping[int, int | None]) -> bool:
    seen: set[int] = set()
    step: int | None = department
    while step is not None and step not in seen:
        if step == wanted:
            return True
        seen.add(step)
        step = above.get(step)
    return False
