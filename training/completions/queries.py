"""Reading completions: who holds what on a day."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Date, Select, bindparam, false, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from core.db import session
from core.errors import NotFound
from core.people.models import Person
from training.catalogue.models import Course, CourseVersion
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
    """Of pairs of person and course (inner keys), those completed and valid on the day, in one statement."""
    pairs = set(wanted)
    if not pairs:
        return set()
    asked = {"people": sorted({person for person, _course in pairs}), "courses": sorted({course for _person, course in pairs}), "on": on}
    return {(person, course) for person, course in session.execute(_held(), asked)} & pairs


@cache
def _held() -> Select[int, int]:
    """Written once: putting it together takes as long as reading its rows."""
    return (
        select(Completion.person_id, Completion.course_id)
        .where(
            Completion.person_id.in_(bindparam("people", expanding=True)),
            Completion.course_id.in_(bindparam("courses", expanding=True)),
            *_valid(bindparam("on", type_=Date)),
        )
        .distinct()
        .order_by(Completion.person_id, Completion.course_id)
    )


def times_held(wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], list[tuple[date, date | None]]]:
    """Of pairs of person and course (inner keys), from when until when each completion counts, in order, in one statement."""
    pairs = set(wanted)
    query = (
        select(Completion.person_id, Completion.course_id, Completion.completed_on, Completion.valid_until, last_day_it_counts())
        .where(
            Completion.person_id.in_({person for person, _course in pairs}),
            Completion.course_id.in_({course for _person, course in pairs}),
            Completion.superseded_at.is_(None),
        )
        .order_by(Completion.completed_on, Completion.id)
    )
    found: dict[tuple[int, int], list[tuple[date, date | None]]] = {}
    for person, course, completed_on, valid_until, end in session.execute(query):
        if (person, course) in pairs and (end is None or end >= completed_on):
            until = min((day for day in (valid_until, end) if day is not None), default=None)
            found.setdefault((person, course), []).append((completed_on, until))
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
    """Whether the person completed the course (public id) and its validity covers the day."""
    query = (
        select(Completion.id)
        .join(Course, Course.id == Completion.course_id)
        .where(Completion.person_id == person.id, Course.public_id == course_id, *_valid(on))
    )
    return session.scalars(query.order_by(Completion.id).limit(1)).one_or_none() is not None


def _valid(on: date | BindParameter[date]) -> tuple[ColumnElement[bool], ...]:
    until = or_(Completion.valid_until.is_(None), Completion.valid_until >= on)
    return (Completion.superseded_at.is_(None), Completion.completed_on <= on, until, ~_ended_by_revision(on))


def _ended_by_revision(on: date | BindParameter[date]) -> ColumnElement[bool]:
    return func.coalesce(last_day_it_counts() < on, false())


def last_day_it_counts(*, on: date | None = None) -> ColumnElement[date | None]:
    """The last day on which a completion counts, as later revisions of its course say (in force on the day, default: ever); null without one."""
    later, own = aliased(CourseVersion), aliased(CourseVersion)
    query = select(func.min(later.older_count_until)).join(own, own.course_id == later.course_id)
    query = query.where(own.id == Completion.version_id, later.number > own.number)
    if on is not None:
        query = query.where(later.in_force_from <= on)
    return query.correlate(Completion).scalar_subquery()
