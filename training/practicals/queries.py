"""Reading standards and practical assessments."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from core.clock import today
from core.db import session
from core.errors import NotFound
from core.people.folding import folded
from core.people.models import Employment, Person
from core.web.paging import Page, one_page
from training.auditing.sight import courses_within, people_within, scope_of
from training.practicals import policy
from training.practicals.models import AssessmentState, AssessorSheet, PerformanceStandard, PracticalAssessment, StandardState

_STANDARD = (
    joinedload(PerformanceStandard.course),
    joinedload(PerformanceStandard.author),
    joinedload(PerformanceStandard.approved_by),
    selectinload(PerformanceStandard.criteria),
)


def standards_page(*, number: int) -> Page[PerformanceStandard]:
    """One page of standards that hold or are being written, by course."""
    query = select(PerformanceStandard).join(PerformanceStandard.course).where(PerformanceStandard.state != StandardState.SUPERSEDED)
    query = query.options(contains_eager(PerformanceStandard.course), selectinload(PerformanceStandard.criteria))
    return one_page(query.order_by(PerformanceStandard.course_id, PerformanceStandard.revision), number=number)


def get_standard(standard_id: UUID) -> PerformanceStandard:
    """The standard with criteria, course, author and approver. Raises NotFound."""
    found = session.scalars(select(PerformanceStandard).where(PerformanceStandard.public_id == standard_id).options(*_STANDARD)).one_or_none()
    if found is None:
        raise NotFound
    return found


def latest_standard(course_id: int) -> PerformanceStandard | None:
    """The newest revision of a course (inner key), with its criteria."""
    query = select(PerformanceStandard).where(PerformanceStandard.course_id == course_id)
    query = query.options(selectinload(PerformanceStandard.criteria)).order_by(PerformanceStandard.revision.desc()).limit(1)
    return session.scalars(query).one_or_none()


def find_holding(course_id: int) -> PerformanceStandard | None:
    """The approved standard of a course (inner key)."""
    query = select(PerformanceStandard).where(PerformanceStandard.course_id == course_id, PerformanceStandard.state == StandardState.APPROVED)
    return session.scalars(query).one_or_none()


def _whole() -> Select[PracticalAssessment]:
    sheets = selectinload(PracticalAssessment.sheets)
    return select(PracticalAssessment).options(
        joinedload(PracticalAssessment.standard).joinedload(PerformanceStandard.course),
        joinedload(PracticalAssessment.standard).selectinload(PerformanceStandard.criteria),
        joinedload(PracticalAssessment.person),
        joinedload(PracticalAssessment.decided_by),
        sheets.joinedload(AssessorSheet.assessor),
        sheets.selectinload(AssessorSheet.observations),
    )


def _in_sight(viewer: Person) -> ColumnElement[bool]:
    assesses = PracticalAssessment.id.in_(select(AssessorSheet.assessment_id).where(AssessorSheet.assessor_id == viewer.id))
    own = PracticalAssessment.person_id == viewer.id
    if not policy.reads_all(viewer):
        return own | assesses
    return or_(own, assesses, and_(*_within(viewer)))


def _within(viewer: Person) -> list[ColumnElement[bool]]:
    """What holds of every assessment within what the viewer is limited to, if anything."""
    people, scope = people_within(viewer), scope_of(viewer)
    found: list[ColumnElement[bool]] = [PracticalAssessment.id.is_not(None)]
    if people is not None:
        found.append(PracticalAssessment.person_id.in_(people))
    courses = None if scope is None or not scope.limits_rules else courses_within(viewer, on=today("UTC"))
    if courses is not None:
        of_these = select(PerformanceStandard.id).where(PerformanceStandard.course_id.in_(courses))
        found.append(PracticalAssessment.standard_id.in_(of_these))
    return found


def get_assessment(assessment_id: UUID, *, viewer: Person) -> PracticalAssessment:
    """The assessment with standard, person and sheets: one's own, one in which one assesses, or anybody's with the right. Raises NotFound."""
    found = session.scalars(_whole().where(PracticalAssessment.public_id == assessment_id, _in_sight(viewer))).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def assessments_page(viewer: Person, *, number: int) -> Page[PracticalAssessment]:
    """One page of assessments the viewer may see, those still open first, then the newest."""
    query = select(PracticalAssessment).where(_in_sight(viewer)).options(
        joinedload(PracticalAssessment.standard).joinedload(PerformanceStandard.course),
        joinedload(PracticalAssessment.person),
        selectinload(PracticalAssessment.sheets),
    )  # fmt: skip
    closed = PracticalAssessment.state.in_((AssessmentState.DECIDED, AssessmentState.CALLED_OFF))
    return one_page(query.order_by(closed, PracticalAssessment.held_on.desc(), PracticalAssessment.id.desc()), number=number)


def has_sheet_to_send(person: Person) -> ColumnElement[bool]:
    """A condition: whether the person has a sheet to send."""
    return exists().where(AssessorSheet.assessor_id == person.id, AssessorSheet.sent_at.is_(None))


def to_assess(person: Person) -> Sequence[PracticalAssessment]:
    """Open assessments in which the person has a sheet to send, by day, with person and course."""
    query = select(PracticalAssessment).join(PracticalAssessment.sheets).where(
        AssessorSheet.assessor_id == person.id, AssessorSheet.sent_at.is_(None), PracticalAssessment.state == AssessmentState.OPEN
    )  # fmt: skip
    query = query.options(joinedload(PracticalAssessment.person), joinedload(PracticalAssessment.standard).joinedload(PerformanceStandard.course))
    return session.scalars(query.order_by(PracticalAssessment.held_on, PracticalAssessment.id)).all()


def employed_named(words: str, *, on: date) -> Sequence[Person]:
    """People employed on the day whose e-mail or whole name is this, two at most."""
    holds = select(Employment.person_id).where(Employment.valid_from <= on, or_(Employment.valid_to.is_(None), Employment.valid_to >= on))
    named = or_(func.lower(Person.email) == words.strip().lower(), Person.searchable == folded(words))
    return session.scalars(select(Person).where(named, Person.id.in_(holds)).order_by(Person.id).limit(2)).all()
