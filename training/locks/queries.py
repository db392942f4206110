"""Reading exam locks."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from core.db import session
from core.errors import NotFound
from core.people.models import Employment, Person
from core.web.paging import Page, one_page
from training.catalogue.models import CourseVersion, VersionState
from training.exams.models import Attempt, AttemptState, ExtraAttempt
from training.locks.models import ExamLock


def find_lock(person: Person, course_id: int) -> ExamLock | None:
    """The lock that stands on the person's exam of a course (inner key), with the course."""
    query = select(ExamLock).where(ExamLock.person_id == person.id, ExamLock.course_id == course_id, ExamLock.lifted_at.is_(None))
    return session.scalars(query.options(joinedload(ExamLock.course)).order_by(ExamLock.id)).one_or_none()


def get_lock(lock_id: UUID) -> ExamLock:
    """The lock, standing or lifted, with person, course, version and the attempt that failed. Raises NotFound."""
    found = session.scalars(_whole().where(ExamLock.public_id == lock_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def _whole() -> Select[ExamLock]:
    parts = (ExamLock.person, ExamLock.course, ExamLock.course_version, ExamLock.attempt)
    return select(ExamLock).options(*(joinedload(part) for part in parts))


def _standing_for(viewer: Person, on: date) -> tuple[ColumnElement[bool], ...]:
    """Locks of others who work here on the day; those of people who have left wait for nobody."""
    works = exists().where(
        Employment.person_id == ExamLock.person_id,
        Employment.superseded_at.is_(None),
        Employment.valid_from <= on,
        (Employment.valid_to.is_(None)) | (Employment.valid_to >= on),
    )
    return ExamLock.lifted_at.is_(None), ExamLock.person_id != viewer.id, works


def has_lock_to_open(viewer: Person, *, on: date) -> ColumnElement[bool]:
    """The condition that somebody else's exam is locked."""
    return exists().where(*_standing_for(viewer, on))


def locks_page(viewer: Person, *, on: date, number: int) -> Page[ExamLock]:
    """One page of the locks that stand, longest waiting first, with person, course, version and attempt."""
    return one_page(_whole().where(*_standing_for(viewer, on)).order_by(ExamLock.locked_at, ExamLock.id), number=number)


def locks_to_open(viewer: Person, *, on: date) -> Sequence[ExamLock]:
    """The fifty locks waiting longest, with person and course."""
    return session.scalars(_whole().where(*_standing_for(viewer, on)).order_by(ExamLock.locked_at, ExamLock.id).limit(50)).all()


def locks_of_course(course_id: int) -> Sequence[ExamLock]:
    """The locks that stand on a course's exam, with the person, oldest first."""
    query = select(ExamLock).where(ExamLock.course_id == course_id, ExamLock.lifted_at.is_(None)).options(joinedload(ExamLock.person))
    return session.scalars(query.order_by(ExamLock.id)).all()


def last_failures_without_lock() -> Sequence[Attempt]:
    """Latest attempts at versions in force that failed, where as many were sat as are allowed and no lock stands; with person and version."""
    later = aliased(Attempt)
    is_last = ~exists().where(later.person_id == Attempt.person_id, later.course_id == Attempt.course_id, later.id > Attempt.id)
    sat = (
        select(func.count())
        .select_from(later)
        .where(later.person_id == Attempt.person_id, later.version_id == Attempt.version_id)
        .correlate(Attempt)
        .scalar_subquery()
    )
    locked = exists().where(ExamLock.person_id == Attempt.person_id, ExamLock.course_id == Attempt.course_id, ExamLock.lifted_at.is_(None))
    query = (
        select(Attempt)
        .join(CourseVersion, CourseVersion.id == Attempt.version_id)
        .where(Attempt.state == AttemptState.SUBMITTED, Attempt.passed.is_(False), CourseVersion.state == VersionState.IN_FORCE)
        .where(is_last, sat >= CourseVersion.attempts_allowed, ~locked)
        .options(joinedload(Attempt.person), joinedload(Attempt.course_version))
    )
    return session.scalars(query.order_by(Attempt.id).limit(500)).all()


def attempts_before(lock: ExamLock) -> Sequence[Attempt]:
    """The person's attempts at the locked version, newest first."""
    query = select(Attempt).where(Attempt.person_id == lock.person_id, Attempt.version_id == lock.version_id)
    return session.scalars(query.order_by(Attempt.started_at.desc(), Attempt.id.desc()).limit(50)).all()


def grants_before(lock: ExamLock) -> Sequence[ExtraAttempt]:
    """What was granted the person at the locked version, newest first, with by whom."""
    query = select(ExtraAttempt).where(ExtraAttempt.person_id == lock.person_id, ExtraAttempt.version_id == lock.version_id)
    query = query.options(joinedload(ExtraAttempt.granted_by))
    return session.scalars(query.order_by(ExtraAttempt.granted_at.desc(), ExtraAttempt.id.desc()).limit(50)).all()
