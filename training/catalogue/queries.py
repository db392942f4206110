"""Reading courses and their versions."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from core.clock import today
from core.db import session
from core.errors import NotFound
from core.people.models import Person
from core.web.paging import Page, one_page
from training.auditing.sight import courses_within, sees_course
from training.catalogue import policy
from training.catalogue.models import (
    Course,
    CourseArea,
    CourseVersion,
    Module,
    VersionAuthor,
    VersionMove,
    VersionState,
)
from training.items.models import Item

CONTENT = (joinedload(CourseVersion.course), selectinload(CourseVersion.modules), selectinload(CourseVersion.items).selectinload(Item.options))
WHOLE = (*CONTENT, joinedload(CourseVersion.approved_by), selectinload(CourseVersion.authors).joinedload(VersionAuthor.person))
EFFECTIVE = (VersionState.APPROVED, VersionState.IN_FORCE, VersionState.SUPERSEDED)


def _has_version_in_force() -> Select[int]:
    return select(CourseVersion.course_id).where(CourseVersion.state == VersionState.IN_FORCE)


def courses_page(viewer: Person, *, number: int, area: CourseArea | None = None, words: str = "") -> Page[Course]:
    """One page of the courses the viewer may see, by title, with their versions."""
    query = select(Course).options(selectinload(Course.versions)).order_by(Course.title, Course.id)
    within = courses_within(viewer, on=today("UTC"))
    if not policy.can_see_unpublished(viewer):
        query = query.where(Course.id.in_(_has_version_in_force()))
    elif within is not None:
        query = query.where(or_(Course.id.in_(_has_version_in_force()), Course.id.in_(within)))
    if area is not None:
        query = query.where(Course.area == area)
    if words:
        query = query.where(Course.title.icontains(words, autoescape=True))
    return one_page(query, number=number)


def courses_in_force() -> Sequence[Course]:
    """Every course with a version in force, by title."""
    return session.scalars(select(Course).where(Course.id.in_(_has_version_in_force())).order_by(Course.title, Course.id)).all()


def get_course(course_id: UUID, *, viewer: Person) -> Course:
    """The course with its versions, if the viewer may see it: staff see those that were ever in force. Raises NotFound."""
    query = select(Course).where(Course.public_id == course_id).options(selectinload(Course.versions))
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    reads_all = policy.can_see_unpublished(viewer) and sees_course(viewer, found.id, on=today("UTC"))
    if not reads_all and not any(version.state in policy.PUBLIC_STATES for version in found.versions):
        raise NotFound
    return found


def find_course_by_code(code: str) -> Course | None:
    """The course with this code, whatever the case."""
    return session.scalars(select(Course).where(func.lower(Course.code) == code.lower()).order_by(Course.id).limit(1)).one_or_none()


def get_version(version_id: UUID, *, viewer: Person) -> CourseVersion:
    """The version with modules, items and authors, for those who write courses or check compliance. Raises NotFound."""
    if not policy.can_see_unpublished(viewer):
        raise NotFound
    found = _one(select(CourseVersion).where(CourseVersion.public_id == version_id).options(*WHOLE))
    if not sees_course(viewer, found.course_id, on=today("UTC")):
        raise NotFound
    return found


def lock_version(version: CourseVersion) -> CourseVersion:
    """The version with its content and authors as they are now, its row held until the transaction ends.

    Persons are not loaded with it: populating them anew would take away what is loaded of the one who acts.
    """
    query = select(CourseVersion).where(CourseVersion.id == version.id).options(*CONTENT, selectinload(CourseVersion.authors))
    query = query.with_for_update(of=CourseVersion)
    return _one(query.execution_options(populate_existing=True))


def _one(query: Select[CourseVersion]) -> CourseVersion:
    found = session.scalars(query).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def find_version_in_force(course: Course, *, on: date) -> CourseVersion | None:
    """The version of the course that is in force on the day, with course and modules."""
    return session.scalars(_in_force(on).where(CourseVersion.course_id == course.id)).unique().one_or_none()


def get_version_in_force(course_id: UUID, *, on: date) -> CourseVersion:
    """The version in force on the day of the course with this public id, with course and modules. Raises NotFound."""
    found = session.scalars(_in_force(on).where(Course.public_id == course_id)).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def _in_force(on: date) -> Select[CourseVersion]:
    return (
        select(CourseVersion)
        .join(CourseVersion.course)
        .where(CourseVersion.state.in_(EFFECTIVE), CourseVersion.in_force_from <= on)
        .order_by(CourseVersion.in_force_from.desc(), CourseVersion.number.desc())
        .options(contains_eager(CourseVersion.course), selectinload(CourseVersion.modules))
        .limit(1)
    )


def latest_version(course: Course) -> CourseVersion:
    """The version with the highest number, with all that is in it."""
    query = select(CourseVersion).where(CourseVersion.course_id == course.id).order_by(CourseVersion.number.desc()).limit(1)
    return _one(query.options(*WHOLE))


def history_of(version: CourseVersion) -> Sequence[VersionMove]:
    """The version's history, oldest first, with who did it."""
    query = select(VersionMove).where(VersionMove.version_id == version.id).options(joinedload(VersionMove.by))
    return session.scalars(query.order_by(VersionMove.at, VersionMove.id)).all()


def versions_to_review(person: Person) -> Sequence[CourseVersion]:
    """Versions in review that the person did not write in, longest waiting first, with their course."""
    wrote = exists().where(VersionAuthor.version_id == CourseVersion.id, VersionAuthor.person_id == person.id)
    query = select(CourseVersion).join(CourseVersion.course).options(contains_eager(CourseVersion.course))
    query = query.where(CourseVersion.state == VersionState.IN_REVIEW, ~wrote)
    return session.scalars(query.order_by(CourseVersion.submitted_at, CourseVersion.id)).all()


def versions_due(*, on: date) -> Sequence[CourseVersion]:
    """Approved versions whose day has come, oldest first."""
    query = select(CourseVersion).where(CourseVersion.state == VersionState.APPROVED, CourseVersion.in_force_from <= on)
    return session.scalars(query.order_by(CourseVersion.in_force_from, CourseVersion.number)).all()


def versions_in_force(course_id: int) -> Sequence[CourseVersion]:
    """Versions of a course whose state says in force, by number."""
    query = select(CourseVersion).where(CourseVersion.course_id == course_id, CourseVersion.state == VersionState.IN_FORCE)
    return session.scalars(query.order_by(CourseVersion.number)).all()


def find_module(version: CourseVersion, module_id: UUID) -> Module:
    """A module of this version. Needs `modules` to be loaded. Raises NotFound."""
    for module in version.modules:
        if module.public_id == module_id:
            return module
    raise NotFound


def has_exam(version: CourseVersion) -> bool:
    """Whether the version asks questions; who comes to a session completes one that asks none."""
    return session.scalars(select(Item.id).where(Item.version_id == version.id).order_by(Item.id).limit(1)).one_or_none() is not None
