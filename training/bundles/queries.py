"""Reading bundles of certificates, and the completions that fit one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from core.db import session
from core.documents.models import IssuedDocument
from core.errors import NotFound
from core.people.models import Department, Employment, Person
from core.web.paging import Page, one_page
from training.bundles.models import Bundle, BundleLine, LineState
from training.catalogue.models import Course
from training.certificates.models import Certificate, CertificateState
from training.requirements.models import Completion

_WHOLE = (joinedload(Bundle.by), joinedload(Bundle.course), joinedload(Bundle.department), joinedload(Bundle.file))


@dataclass(frozen=True)
class Wanted:
    """Which completions: of a course and of people who were in a department that day (None: any), completed between the days."""

    completed_from: date
    completed_to: date
    course: Course | None = None
    department: Department | None = None


@dataclass(frozen=True)
class Fitting:
    """How many completions fit, and how many of them have no certificate yet."""

    total: int
    missing: int


def _standing() -> ColumnElement[bool]:
    return and_(Certificate.completion_id == Completion.id, Certificate.state != CertificateState.REPLACED)


def _fitting(wanted: Wanted) -> ColumnElement[bool]:
    fits: list[ColumnElement[bool]] = [
        Completion.superseded_at.is_(None),
        Completion.completed_on.between(wanted.completed_from, wanted.completed_to),
    ]
    if wanted.course is not None:
        fits.append(Completion.course_id == wanted.course.id)
    if wanted.department is not None:
        fits.append(
            exists().where(
                Employment.person_id == Completion.person_id,
                Employment.superseded_at.is_(None),
                Employment.department_id == wanted.department.id,
                Employment.valid_from <= Completion.completed_on,
                or_(Employment.valid_to.is_(None), Employment.valid_to >= Completion.completed_on),
            )
        )
    return and_(*fits)


def count_fitting(wanted: Wanted) -> Fitting:
    """How many completions fit."""
    total, certified = session.execute(
        select(func.count(Completion.id), func.count(Certificate.id)).outerjoin(Certificate, _standing()).where(_fitting(wanted))
    ).one()
    return Fitting(total, total - certified)


def fitting_completions(wanted: Wanted, *, most: int) -> Sequence[int]:
    """Inner keys of the completions that fit, by person's name and day."""
    query = select(Completion.id).join(Person, Person.id == Completion.person_id).where(_fitting(wanted))
    return session.scalars(query.order_by(Person.name, Completion.completed_on, Completion.id).limit(most)).all()


def get_bundle(bundle_id: UUID) -> Bundle:
    """The bundle with who asked for it, course, department and file. Raises NotFound."""
    found = session.scalars(select(Bundle).where(Bundle.public_id == bundle_id).options(*_WHOLE)).one_or_none()
    if found is None:
        raise NotFound
    return found


def lock_bundle(key: int) -> Bundle | None:
    """The bundle as it is now, its row held until the transaction ends."""
    query = select(Bundle).where(Bundle.id == key).with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def find_bundle_by_key(key: int) -> Bundle | None:
    """The bundle with this inner key."""
    return session.scalars(select(Bundle).where(Bundle.id == key)).one_or_none()


def bundles_page(*, number: int) -> Page[Bundle]:
    """One page of the bundles, newest first."""
    return one_page(select(Bundle).options(*_WHOLE).order_by(Bundle.created_at.desc(), Bundle.id.desc()), number=number, size=20)


def tallies(bundles: Sequence[Bundle]) -> dict[int, Counter[LineState]]:
    """How many lines of each bundle are in which state: inner key → state → number, in one statement."""
    found: dict[int, Counter[LineState]] = {bundle.id: Counter() for bundle in bundles}
    query = select(BundleLine.bundle_id, BundleLine.state, func.count()).where(BundleLine.bundle_id.in_(found))
    for key, state, number in session.execute(query.group_by(BundleLine.bundle_id, BundleLine.state).order_by(BundleLine.bundle_id)):
        found[key][state] = number
    return found


def waiting_lines(bundle: Bundle, *, lane: int, most: int) -> Sequence[BundleLine]:
    """The next lines of a lane, held until the transaction ends, with completion, person, course and version."""
    completion = contains_eager(BundleLine.completion)
    query = (
        select(BundleLine)
        .join(BundleLine.completion)
        .where(BundleLine.bundle_id == bundle.id, BundleLine.lane == lane, BundleLine.state == LineState.WAITING)
        .options(completion.joinedload(Completion.person), completion.joinedload(Completion.course), completion.joinedload(Completion.course_version))
        .order_by(BundleLine.id)
        .limit(most)
    )
    return session.scalars(query.with_for_update(of=BundleLine).execution_options(populate_existing=True)).all()


def is_waiting(bundle: Bundle) -> bool:
    """Whether any line waits, in whatever lane."""
    return session.scalars(select(exists().where(BundleLine.bundle_id == bundle.id, BundleLine.state == LineState.WAITING))).one()


def lines_page(bundle: Bundle, *, number: int, state: LineState | None = None) -> Page[BundleLine]:
    """One page of a bundle's lines in their order, with person and course."""
    completion = joinedload(BundleLine.completion)
    query = (
        select(BundleLine)
        .where(BundleLine.bundle_id == bundle.id)
        .options(completion.joinedload(Completion.person), completion.joinedload(Completion.course))
    )
    if state is not None:
        query = query.where(BundleLine.state == state)
    return one_page(query.order_by(BundleLine.id), number=number)


def documents_in(bundle: Bundle) -> Select[IssuedDocument, str]:
    """The documents a bundle gathers with the holder's name, in the order of its lines: certificates that stand, neither revoked nor replaced."""
    return (
        select(IssuedDocument, Person.name)
        .join(Certificate, Certificate.document_id == IssuedDocument.id)
        .join(BundleLine, BundleLine.completion_id == Certificate.completion_id)
        .join(Completion, Completion.id == BundleLine.completion_id)
        .join(Person, Person.id == Completion.person_id)
        .where(
            BundleLine.bundle_id == bundle.id,
            BundleLine.state.in_((LineState.ISSUED, LineState.FOUND)),
            Certificate.state == CertificateState.ISSUED,
        )
        .options(joinedload(IssuedDocument.file))
        .order_by(BundleLine.id)
    )


def outdated(at: datetime) -> Sequence[Bundle]:
    """Bundles whose file is to be erased."""
    query = select(Bundle).where(Bundle.kept_until < at, Bundle.file_id.is_not(None)).options(joinedload(Bundle.file))
    return [bundle for bundle in session.scalars(query.order_by(Bundle.id)) if bundle.file is not None and bundle.file.erased_at is None]
