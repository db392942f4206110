"""What stands in the way of archiving a course, and courses whose owner has left."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from core.db import session
from core.people.queries import has_left
from training.catalogue.models import Course
from training.requirements.models import Rule
from training.sessions.models import CourseSession, CourseSessionState

OWNER = cast("InstrumentedAttribute[int]", Course.owner_id)  # where there is none, nobody has left


def rules_asking(course: Course, *, on: date) -> Sequence[int]:
    """Numbers of the rules that ask for the course on the day or later."""
    query = select(Rule.number).where(Rule.course_id == course.id, or_(Rule.effective_to.is_(None), Rule.effective_to >= on))
    return session.scalars(query.distinct().order_by(Rule.number)).all()


def sessions_planned(course: Course, *, at: datetime) -> int:
    """How many sessions of the course are planned from the instant on."""
    query = select(func.count(CourseSession.id)).where(
        CourseSession.course_id == course.id, CourseSession.state == CourseSessionState.PLANNED, CourseSession.ends_at > at
    )
    return session.scalars(query).one()


def lock_course(course: Course) -> Course:
    """The course as it is now, its row held until the transaction ends."""
    query = select(Course).where(Course.id == course.id).with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one()


def _without_owner(on: date) -> tuple[ColumnElement[bool], ...]:
    return (Course.archived_at.is_(None), Course.deleted_at.is_(None), has_left(OWNER, on=on))


def has_course_without_owner(*, on: date) -> ColumnElement[bool]:
    """The condition that the owner of some course has left."""
    return exists().where(*_without_owner(on))


def courses_without_owner(*, on: date) -> Sequence[Course]:
    """Courses whose owner has left, by title, with who that was."""
    query = select(Course).where(*_without_owner(on)).options(joinedload(Course.owner))
    return session.scalars(query.order_by(Course.title, Course.id).limit(100)).all()


def owner_has_left(course: Course, *, on: date) -> bool:
    """Whether the owner of the course has left by the day."""
    return bool(session.scalars(select(exists().where(Course.id == course.id, has_left(OWNER, on=on)))).one())
