"""Reading courses and their versions."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from core.clock import today
from core.db import session
from core.errors import NotFound
from core.people.models import Person
from core.web.paging import Page, one_page
from training.auditing.sight import courses_within, sees_course
from training.catalogue import policy
from training.catalogue.clauses import Clause
from training.catalogue.models import (
    UNDER_REVIEW,
    Course,
    CourseArea,
    CourseClause,
    CourseForm,
    CourseVersion,
    Module,
    ModulePicture,
    VersionAuthor,
    VersionMove,
    VersionState,
)
from training.catalogue.succession import VersionFact
from training.items.models import Item
from training.sections.models import ExamSection

_ITEMS = selectinload(CourseVersion.items).selectinload(Item.options)
CONTENT = (
    joinedload(CourseVersion.course),
    selectinload(CourseVersion.modules).joinedload(Module.file),
    selectinload(CourseVersion.pictures).joinedload(ModulePicture.file),
    _ITEMS,
    selectinload(CourseVersion.sections).selectinload(ExamSection.draws),
)
WHOLE = (*CONTENT, joinedload(CourseVersion.approved_by), selectinload(CourseVersion.authors).joinedload(VersionAuthor.person))
EFFECTIVE = (VersionState.APPROVED, VersionState.IN_FORCE, VersionState.SUPERSEDED)


def _has_version_in_force() -> Select[int]:
    return select(CourseVersion.course_id).where(CourseVersion.state == VersionState.IN_FORCE)


@dataclass(frozen=True)
class CourseFilter:
    """Which courses a list shows. `regulation` is a regulation by its name, or with the article."""

    area: CourseArea | None = None
    form: CourseForm | None = None
    language: str = ""
    regulation: str = ""
    words: str = ""
    archived: bool = False


def courses_page(viewer: Person, wanted: CourseFilter, *, number: int) -> Page[Course]:
    """One page of the courses the viewer may see, by title, with their versions. Archived ones are seen by those who write and check."""
    query = select(Course).options(selectinload(Course.versions)).where(Course.deleted_at.is_(None)).order_by(Course.title, Course.id)
    if not policy.can_see_unpublished(viewer):
        query = query.where(Course.id.in_(_has_version_in_force()), Course.archived_at.is_(None))
    else:
        within = courses_within(viewer, on=today("UTC"))
        if within is not None:
            query = query.where(or_(Course.id.in_(_has_version_in_force()), Course.id.in_(within)))
        query = query.where(Course.archived_at.is_not(None) if wanted.archived else Course.archived_at.is_(None))
    for column, value in ((Course.area, wanted.area), (Course.form, wanted.form), (Course.language, wanted.language)):
        if value:
            query = query.where(column == value)
    if wanted.regulation:
        query = query.where(Course.id.in_(_answers_to(wanted.regulation)))
    if wanted.words:
        query = query.where(Course.title.icontains(wanted.words, autoescape=True))
    return one_page(query, number=number)


def _answers_to(regulation: str) -> Select[int]:
    whole = CourseClause.regulation + ", " + CourseClause.article
    return select(CourseClause.course_id).where(or_(CourseClause.regulation == regulation, whole == regulation))


def clauses_in_use(viewer: Person) -> Sequence[Clause]:
    """Every regulation and article that a course the viewer may see answers to, by name."""
    query = select(CourseClause.regulation, CourseClause.article).join(Course, Course.id == CourseClause.course_id).where(Course.deleted_at.is_(None))
    if not policy.can_see_unpublished(viewer):
        query = query.where(Course.id.in_(_has_version_in_force()), Course.archived_at.is_(None))
    rows = session.execute(query.distinct().order_by(CourseClause.regulation, CourseClause.article).limit(400))
    return [Clause(regulation, article) for regulation, article in rows]


def courses_in_force() -> Sequence[Course]:
    """Every course with a version in force that people may begin, by title."""
    offered = (Course.archived_at.is_(None), Course.deleted_at.is_(None))
    return session.scalars(select(Course).where(Course.id.in_(_has_version_in_force()), *offered).order_by(Course.title, Course.id)).all()


def courses_with_completions() -> Sequence[Course]:
    """Every course that has or had a version in force, by title: those somebody may have completed."""
    ever = select(CourseVersion.course_id).where(CourseVersion.state.in_((VersionState.IN_FORCE, VersionState.SUPERSEDED)))
    return session.scalars(select(Course).where(Course.id.in_(ever)).order_by(Course.title, Course.id)).all()


def names_of_courses_in_force() -> Sequence[tuple[int, UUID, str, str]]:
    """Inner key, public id, title and code of every course with a version in force, by title."""
    return [(key, public_id, title, code) for key, public_id, title, code in session.execute(_NAMES_IN_FORCE)]


_NAMES_IN_FORCE = (
    select(Course.id, Course.public_id, Course.title, Course.code)
    .where(exists().where(CourseVersion.course_id == Course.id, CourseVersion.state == VersionState.IN_FORCE))
    .order_by(Course.title, Course.id)
)


def get_course(course_id: UUID, *, viewer: Person) -> Course:
    """The course with its versions, owner and clauses, if the viewer may see it: staff see those that were ever in force.

    One that was deleted is not there for anybody. Raises NotFound.
    """
    query = select(Course).where(Course.public_id == course_id, Course.deleted_at.is_(None))
    query = query.options(selectinload(Course.versions), selectinload(Course.clauses), joinedload(Course.owner))
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
    return _in_sight(version_id, viewer, WHOLE)


def get_version_with_items(version_id: UUID, *, viewer: Person) -> CourseVersion:
    """The same with its items alone. Raises NotFound."""
    return _in_sight(version_id, viewer, (joinedload(CourseVersion.course), _ITEMS))


def _in_sight(version_id: UUID, viewer: Person, options: Sequence[ExecutableOption]) -> CourseVersion:
    if not policy.can_see_unpublished(viewer):
        raise NotFound
    query = select(CourseVersion).join(CourseVersion.course).where(CourseVersion.public_id == version_id, Course.deleted_at.is_(None))
    found = _one(query.options(*options))
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
    return session.scalars(in_force(on).where(CourseVersion.course_id == course.id)).unique().one_or_none()


def get_version_in_force(course_id: UUID, *, on: date) -> CourseVersion:
    """The version in force on the day of the course with this public id, with course and modules. Raises NotFound."""
    found = session.scalars(in_force(on).where(Course.public_id == course_id, Course.deleted_at.is_(None))).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def get_approved_version(course_id: int, number: int) -> CourseVersion:
    """The approved version with this number of a course (inner key), with course and modules. Raises NotFound."""
    query = select(CourseVersion).where(CourseVersion.course_id == course_id, CourseVersion.number == number, CourseVersion.state.in_(EFFECTIVE))
    return _one(query.options(joinedload(CourseVersion.course).joinedload(Course.owner), selectinload(CourseVersion.modules)))


def in_force(on: date) -> Select[CourseVersion]:
    """The version in force on the day of the course that is asked for, with course and modules."""
    return (
        select(CourseVersion)
        .join(CourseVersion.course)
        .where(CourseVersion.state.in_(EFFECTIVE), CourseVersion.in_force_from <= on)
        .order_by(CourseVersion.in_force_from.desc(), CourseVersion.number.desc())
        .options(contains_eager(CourseVersion.course).joinedload(Course.owner), selectinload(CourseVersion.modules))
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
    """Versions to review or approve that the person did not write in, longest waiting first, with their course."""
    wrote = exists().where(VersionAuthor.version_id == CourseVersion.id, VersionAuthor.person_id == person.id)
    query = select(CourseVersion).join(CourseVersion.course).options(contains_eager(CourseVersion.course))
    query = query.where(CourseVersion.state.in_(UNDER_REVIEW), ~wrote, Course.deleted_at.is_(None))
    return session.scalars(query.order_by(CourseVersion.submitted_at, CourseVersion.id)).all()


def versions_due(*, on: date) -> Sequence[CourseVersion]:
    """Approved versions whose day has come, oldest first."""
    query = select(CourseVersion).where(CourseVersion.state == VersionState.APPROVED, CourseVersion.in_force_from <= on)
    return session.scalars(query.order_by(CourseVersion.in_force_from, CourseVersion.number)).all()


def version_facts(*, course_id: int | None = None, known_at: datetime | None = None) -> dict[int, list[VersionFact]]:
    """Course to its approved versions by number, as known at an instant (default: now), of one course or of every course."""
    columns = (CourseVersion.number, CourseVersion.in_force_from, CourseVersion.change_kind, CourseVersion.transition_days, CourseVersion.under_way)
    query = select(CourseVersion.course_id, *columns).where(CourseVersion.approved_at.is_not(None), CourseVersion.in_force_from.is_not(None))
    if course_id is not None:
        query = query.where(CourseVersion.course_id == course_id)
    if known_at is not None:
        query = query.where(CourseVersion.approved_at <= known_at)
    found: dict[int, list[VersionFact]] = defaultdict(list)
    for course, number, since, kind, days, under_way in session.execute(query.order_by(CourseVersion.course_id, CourseVersion.number)):
        if since is not None:
            found[course].append(VersionFact(number, since, kind, days, under_way))
    return found


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
