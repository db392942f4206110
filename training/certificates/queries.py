"""Reading certificates."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from core.db import session
from core.documents.models import IssuedDocument
from core.errors import NotFound
from core.people.models import Person
from training.auditing.sight import sees_record
from training.catalogue.models import CourseVersion
from training.certificates import policy
from training.certificates.models import Certificate, CertificateState
from training.requirements.models import Completion


def _whole() -> Select[Certificate]:
    completion = joinedload(Certificate.completion)
    return select(Certificate).options(
        completion.joinedload(Completion.course),
        completion.joinedload(Completion.person),
        completion.joinedload(Completion.course_version),
        joinedload(Certificate.document).joinedload(IssuedDocument.file),
    )


def get_certificate(certificate_id: UUID, *, viewer: Person) -> Certificate:
    """The certificate, one's own or with the right to see others'. Raises NotFound."""
    found = session.scalars(_whole().where(Certificate.public_id == certificate_id)).one_or_none()
    if found is None or not (found.completion.person_id == viewer.id or (policy.can_see_everybodys(viewer) and _within(found.completion, viewer))):
        raise NotFound
    return found


def _within(completion: Completion, viewer: Person) -> bool:
    return sees_record(viewer, completion.person_id, completion.course_id, on=completion.completed_on)


def find_certificate(completion: Completion) -> Certificate | None:
    """The certificate of a completion, once issued: the latest, where it was issued anew."""
    standing = Certificate.state != CertificateState.REPLACED
    query = select(Certificate).where(Certificate.completion_id == completion.id, standing).options(joinedload(Certificate.document))
    return session.scalars(query).one_or_none()


def certificates_of(person: Person, *, course_id: int | None = None) -> Sequence[Certificate]:
    """The person's certificates, newest first, with completion, course, version and document; none that was replaced."""
    standing = Certificate.state != CertificateState.REPLACED
    query = select(Certificate).join(Certificate.completion).where(Completion.person_id == person.id, standing)
    if course_id is not None:
        query = query.where(Completion.course_id == course_id)
    completion = contains_eager(Certificate.completion)
    query = query.options(
        completion.joinedload(Completion.course), completion.joinedload(Completion.course_version), joinedload(Certificate.document)
    )
    return session.scalars(query.order_by(Completion.completed_on.desc(), Certificate.id.desc())).all()


def get_certified_version(version_id: UUID) -> CourseVersion:
    """The version of a course of which a certificate was issued, with its course. Raises NotFound: others are nobody's business."""
    issued = select(Completion.id).join(Certificate, Certificate.completion_id == Completion.id).where(Completion.version_id == CourseVersion.id)
    query = select(CourseVersion).where(CourseVersion.public_id == version_id, issued.exists()).options(joinedload(CourseVersion.course))
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def certificates_gone() -> Sequence[tuple[UUID, str]]:
    """Public id of each certificate that was revoked or replaced, and which of the two: never why, which may name somebody."""
    query = select(Certificate.public_id, Certificate.state).where(Certificate.state != CertificateState.ISSUED)
    return [(public_id, state.value) for public_id, state in session.execute(query.order_by(Certificate.id))]
