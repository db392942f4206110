"""Reading equivalences: the catalogue of kinds, what people handed in, and what is to be decided or asked again."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from core.clock import today
from core.db import session
from core.errors import NotFound
from core.people.models import Person
from core.people.search import name_contains
from core.web.paging import Page, one_page
from training.auditing.sight import courses_within, people_within
from training.catalogue.models import Course, CourseVersion, VersionState
from training.equivalences import policy
from training.equivalences.models import Equivalence, EquivalenceKind, EquivalenceState, EquivalentCourse

_COURSES = selectinload(EquivalenceKind.courses).options(joinedload(EquivalentCourse.course), joinedload(EquivalentCourse.course_version))
_WHOLE = (
    joinedload(Equivalence.person),
    joinedload(Equivalence.kind).options(_COURSES),
    joinedload(Equivalence.file),
    joinedload(Equivalence.handed_in_by),
    joinedload(Equivalence.approved_by),
    joinedload(Equivalence.closed_by),
)


def kinds() -> Sequence[EquivalenceKind]:
    """Every kind by name, with the courses it stands or stood for."""
    return session.scalars(select(EquivalenceKind).options(_COURSES).order_by(EquivalenceKind.name)).all()


def get_kind(kind_id: UUID) -> EquivalenceKind:
    """The kind with its courses. Raises NotFound."""
    found = session.scalars(select(EquivalenceKind).options(_COURSES).where(EquivalenceKind.public_id == kind_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def find_kind(name: str) -> EquivalenceKind | None:
    """The kind of this name, however it is written."""
    return session.scalars(select(EquivalenceKind).where(func.lower(EquivalenceKind.name) == name.strip().lower())).one_or_none()


def get_equivalent_course(link_id: UUID) -> EquivalentCourse:
    """A course that a kind stands for, with both. Raises NotFound."""
    query = select(EquivalentCourse).where(EquivalentCourse.public_id == link_id)
    found = session.scalars(query.options(joinedload(EquivalentCourse.kind), joinedload(EquivalentCourse.course))).one_or_none()
    if found is None:
        raise NotFound
    return found


def find_equivalent_course(kind: EquivalenceKind, course: Course) -> EquivalentCourse | None:
    """That the kind stands for the course, if it does still."""
    query = select(EquivalentCourse).where(
        EquivalentCourse.kind_id == kind.id, EquivalentCourse.course_id == course.id, EquivalentCourse.ended_at.is_(None)
    )
    return session.scalars(query).one_or_none()


def versions_in_force(courses: Sequence[int]) -> dict[int, CourseVersion]:
    """The version in force of each course (inner keys)."""
    query = select(CourseVersion).where(CourseVersion.course_id.in_(courses), CourseVersion.state == VersionState.IN_FORCE)
    return {version.course_id: version for version in session.scalars(query.order_by(CourseVersion.number))}


def _in_sight(viewer: Person) -> Select[Equivalence]:
    query = select(Equivalence).options(*_WHOLE)
    own = or_(Equivalence.person_id == viewer.id, Equivalence.handed_in_by_id == viewer.id)
    if not policy.sees_all(viewer):
        return query.where(own)
    people, courses = people_within(viewer), courses_within(viewer, on=today("UTC"))
    stands_for = exists().where(EquivalentCourse.kind_id == Equivalence.kind_id, EquivalentCourse.course_id.in_(courses or ()))
    within = and_(true() if people is None else Equivalence.person_id.in_(people), true() if courses is None else stands_for)
    return query if people is None and courses is None else query.where(or_(own, within))


def get_equivalence(equivalence_id: UUID, *, viewer: Person) -> Equivalence:
    """The certificate with its holder, kind, file and everybody who had a say. Raises NotFound."""
    found = session.scalars(_in_sight(viewer).where(Equivalence.public_id == equivalence_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def equivalences_page(viewer: Person, *, state: EquivalenceState | None, words: str, number: int) -> Page[Equivalence]:
    """One page of the certificates the viewer may read, those to decide first, then the latest."""
    query = _in_sight(viewer)
    if state is not None:
        query = query.where(Equivalence.state == state)
    if words:
        query = query.join(Person, Person.id == Equivalence.person_id).where(name_contains(words))
    order = (Equivalence.state != EquivalenceState.HANDED_IN, Equivalence.recorded_at.desc(), Equivalence.id.desc())
    return one_page(query.order_by(*order), number=number)


def equivalences_of(person: Person) -> Sequence[Equivalence]:
    """Every certificate the person handed in, newest first, with its kind."""
    query = select(Equivalence).where(Equivalence.person_id == person.id).options(joinedload(Equivalence.kind), joinedload(Equivalence.approved_by))
    return session.scalars(query.order_by(Equivalence.issued_on.desc(), Equivalence.id.desc())).all()


def find_same(kind: EquivalenceKind, number: str, *, besides: Equivalence | None) -> Equivalence | None:
    """Another certificate of the kind and number that waits or was accepted, with its holder."""
    query = select(Equivalence).where(
        Equivalence.kind_id == kind.id,
        Equivalence.number == number,
        Equivalence.state.in_((EquivalenceState.HANDED_IN, EquivalenceState.ACCEPTED)),
    )
    if besides is not None:
        query = query.where(Equivalence.id != besides.id)
    return session.scalars(query.options(joinedload(Equivalence.person)).order_by(Equivalence.id).limit(1)).one_or_none()


def get_corrected(equivalence: Equivalence) -> Equivalence | None:
    """The accepted certificate that this one corrects, held until the transaction ends."""
    query = select(Equivalence).where(Equivalence.id == equivalence.corrects_id)
    return session.scalars(query.with_for_update()).one_or_none()


def _to_decide(person: Person) -> tuple[ColumnElement[bool], ...]:
    return (Equivalence.state == EquivalenceState.HANDED_IN, Equivalence.person_id != person.id, Equivalence.handed_in_by_id != person.id)


def has_equivalence_to_decide(person: Person) -> ColumnElement[bool]:
    """A condition: whether a certificate waits in which the person may be the second, or a kind to be looked at again."""
    return or_(exists().where(*_to_decide(person)), exists().where(*_to_ask_again()))


def equivalences_to_decide(person: Person) -> Sequence[Equivalence]:
    """Certificates in which the person may be the second, longest waiting first; fifty at most."""
    query = select(Equivalence).options(joinedload(Equivalence.person), joinedload(Equivalence.kind)).where(*_to_decide(person))
    return session.scalars(query.order_by(Equivalence.recorded_at, Equivalence.id).limit(50)).all()


def _to_ask_again() -> tuple[ColumnElement[bool], ...]:
    """Where a course has another version in force than the one the kind was said to stand for."""
    another = or_(EquivalentCourse.version_id.is_(None), EquivalentCourse.version_id != CourseVersion.id)
    in_force = (CourseVersion.course_id == EquivalentCourse.course_id, CourseVersion.state == VersionState.IN_FORCE)
    return (EquivalentCourse.ended_at.is_(None), *in_force, another)


def courses_to_ask_again(*, of: EquivalenceKind | None = None) -> Sequence[EquivalentCourse]:
    """Courses with a new version, of which somebody must say whether the kind still stands for them; fifty at most."""
    query = select(EquivalentCourse).join(CourseVersion, CourseVersion.course_id == EquivalentCourse.course_id).where(*_to_ask_again())
    if of is not None:
        query = query.where(EquivalentCourse.kind_id == of.id)
    query = query.options(joinedload(EquivalentCourse.kind), joinedload(EquivalentCourse.course))
    return session.scalars(query.order_by(EquivalentCourse.id).limit(50)).all()
