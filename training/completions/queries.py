"""Reading completions, and what was accepted in their place: who holds what on a day."""

from collections.abc import Collection, Iterable
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, CompoundSelect, Date, bindparam, cast, func, literal, null, select, union_all
from sqlalchemy.orm import aliased, joinedload

from core.db import session
from core.errors import NotFound
from core.people.models import Employment, Person
from training.catalogue.models import Course, CourseVersion
from training.compliance.allowances import while_employed
from training.compliance.standing import Stretch
from training.equivalences import conditions as accepting
from training.equivalences.models import Equivalence, EquivalentCourse
from training.requirements.models import Completion

_COMPLETION = (joinedload(Completion.person), joinedload(Completion.course), joinedload(Completion.course_version))


def get_completion_by_key(key: int) -> Completion:
    """The completion with this inner key, with person, course and version. Raises NotFound."""
    found = session.scalars(select(Completion).where(Completion.id == key).options(*_COMPLETION)).one_or_none()
    if found is None:
        raise NotFound
    return found


def find_completion_of_attempt(attempt_key: int) -> Completion | None:
    """The completion an attempt (inner key) brought about, unless it was taken back, with person, course and version."""
    query = select(Completion).where(Completion.attempt_id == attempt_key, Completion.superseded_at.is_(None))
    return session.scalars(query.options(*_COMPLETION)).one_or_none()


def held(wanted: Iterable[tuple[int, int]], *, on: date) -> set[tuple[int, int]]:
    """Of pairs of person and course (inner keys), those that count on the day: completed, or something accepted in its place, and still valid."""
    times = times_held(wanted)
    return {pair for pair, days in times.items() if any(since <= on and (until is None or on <= until) for since, until in days)}


def times_held(wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], list[tuple[date, date | None]]]:
    """Of pairs of person and course (inner keys), from when until when each completion counts and each certificate from elsewhere that was accepted
    in its place, in order.

    In one statement, and one more where a certificate counts only while the employment goes on.
    """
    pairs = set(wanted)
    if not pairs:
        return {}
    asked = {"people": sorted({person for person, _course in pairs}), "courses": sorted({course for _person, course in pairs})}
    rows = [row for row in session.execute(_times(), asked) if (row[1], row[2]) in pairs]
    employed = _stretches({row[1] for row in rows if row[0] == HERE})
    found: dict[tuple[int, int], list[tuple[date, date | None]]] = {}
    for how, person, course, since, valid_until, end in rows:
        until = min((day for day in (valid_until, end) if day is not None), default=None)
        if how == HERE:
            until = while_employed(since, until, employed.get(person, ()))
        if how != COMPLETED or end is None or end >= since:
            found.setdefault((person, course), []).append((since, until))
    return found


COMPLETED, ACCEPTED, HERE = range(3)  # here: accepted while the employment goes on


@cache
def _times() -> CompoundSelect[int, int, int, date, date | None, date | None]:
    """Written once: putting it together takes as long as reading its rows."""
    people: BindParameter[Any] = bindparam("people", expanding=True)
    courses: BindParameter[Any] = bindparam("courses", expanding=True)
    completed = select(
        literal(COMPLETED).label("how"),
        Completion.person_id,
        Completion.course_id,
        Completion.completed_on.label("since"),
        Completion.valid_until,
        last_day_it_counts().label("ends"),
    ).where(Completion.person_id.in_(people), Completion.course_id.in_(courses), Completion.superseded_at.is_(None))
    accepted = [
        select(literal(how), *accepting.days(None, here=how == HERE), cast(null(), Date))
        .join(EquivalentCourse, EquivalentCourse.kind_id == Equivalence.kind_id)
        .where(Equivalence.person_id.in_(people), EquivalentCourse.course_id.in_(courses), *accepting.counts(None, here=how == HERE))
        for how in (ACCEPTED, HERE)
    ]
    return union_all(completed, *accepted).order_by("since", "how")


def _stretches(people: Collection[int]) -> dict[int, list[Stretch]]:
    """The employment of these people, oldest first."""
    found: dict[int, list[Stretch]] = {}
    if people:
        columns = (Employment.person_id, Employment.valid_from, Employment.valid_to, Employment.job_role_id)
        query = select(*columns).where(Employment.person_id.in_(people), Employment.superseded_at.is_(None))
        for person, since, until, job_role in session.execute(query.order_by(Employment.person_id, Employment.valid_from, Employment.id)):
            found.setdefault(person, []).append(Stretch(since, until, job_role))
    return found


def holders_by_version(course_id: int) -> dict[int, int]:
    """Version number to how many people completed the course (inner key) in no later one."""
    latest = (
        select(Completion.person_id, func.max(CourseVersion.number).label("number"))
        .join(CourseVersion, CourseVersion.id == Completion.version_id)
        .where(Completion.course_id == course_id, Completion.superseded_at.is_(None))
        .group_by(Completion.person_id)
        .subquery()
    )
    rows = session.execute(select(latest.c.number, func.count()).group_by(latest.c.number).order_by(latest.c.number))
    return dict(rows.all())


def holds_course(person: Person, course_id: UUID, *, on: date) -> bool:
    """Whether the course (public id) counts for the person on the day: completed, or something accepted in its place, and still valid."""
    key = session.scalars(select(Course.id).where(Course.public_id == course_id)).one_or_none()
    return key is not None and bool(held([(person.id, key)], on=on))


def last_day_it_counts(*, on: date | None = None) -> ColumnElement[date | None]:
    """The last day on which a completion counts, as later revisions of its course say (in force on the day, default: ever); null without one."""
    later, own = aliased(CourseVersion), aliased(CourseVersion)
    query = select(func.min(later.older_count_until)).join(own, own.course_id == later.course_id)
    query = query.where(own.id == Completion.version_id, later.number > own.number)
    if on is not None:
        query = query.where(later.in_force_from <= on)
    return query.correlate(Completion).scalar_subquery()
