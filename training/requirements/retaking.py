"""From when completions of earlier versions of a course stop counting for a rule, because another version came into force."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from core.db import session
from training.catalogue.models import CourseVersion, VersionState
from training.compliance.terms import Retake, Retakes, RuleTerms, retake_after

CAME_INTO_FORCE = (VersionState.APPROVED, VersionState.IN_FORCE, VersionState.SUPERSEDED)


@dataclass(frozen=True)
class VersionFact:
    """A version that is or will be in force from a day on. `retake_days` is set where its authors decided that whoever holds an
    earlier one must take it within so many days, whatever rules say; None leaves it to each rule's version policy."""

    id: int
    number: int
    from_on: date
    retake_days: int | None = None


def versions_of(courses: Collection[int], *, known_at: datetime | None = None) -> dict[int, list[VersionFact]]:
    """The versions of these courses (inner keys) approved by an instant (default: now), by number."""
    found: dict[int, list[VersionFact]] = defaultdict(list)
    if not courses:
        return found
    query = select(CourseVersion.id, CourseVersion.course_id, CourseVersion.number, CourseVersion.in_force_from).where(
        CourseVersion.course_id.in_(courses), CourseVersion.in_force_from.is_not(None), CourseVersion.state.in_(CAME_INTO_FORCE)
    )
    if known_at is not None:
        query = query.where(CourseVersion.approved_at <= known_at)
    for key, course_id, number, from_on in session.execute(query.order_by(CourseVersion.course_id, CourseVersion.number)):
        if from_on is not None:
            found[course_id].append(VersionFact(key, number, from_on))
    return found


def retakes_of(courses: Collection[int], terms: RuleTerms, versions: Mapping[int, list[VersionFact]]) -> Retakes:
    """For each course of a rule, from when to when which versions go on counting."""
    found: dict[int, tuple[Retake, ...]] = {}
    for course in courses:
        retakes: list[Retake] = []
        for place, version in enumerate(versions.get(course, ())):
            older = frozenset(one.id for one in versions[course][:place])
            until = retake_after(version.from_on, terms, decided=version.retake_days)
            if older and until is not None:
                retakes.append(Retake(version.from_on, until, older))
        if retakes:
            found[course] = tuple(retakes)
    return found
