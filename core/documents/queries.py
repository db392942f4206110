"""Finding issued documents."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.db import session
from core.documents.models import DocumentKind, IssuedDocument
from core.errors import NotFound
from core.people.models import Person

_CHECKED = (joinedload(IssuedDocument.person), joinedload(IssuedDocument.superseded_by))
_WHOLE = (joinedload(IssuedDocument.file), joinedload(IssuedDocument.person), joinedload(IssuedDocument.superseded_by))


def get_document(document_id: UUID) -> IssuedDocument:
    """The document with this public id, with file, person and successor. Raises NotFound."""
    found = session.scalars(select(IssuedDocument).where(IssuedDocument.public_id == document_id).options(*_WHOLE)).one_or_none()
    if found is None:
        raise NotFound
    return found


def find_document_by_code(code: str) -> IssuedDocument | None:
    """The document with this code, with its person and successor."""
    return session.scalars(select(IssuedDocument).where(IssuedDocument.code == code).options(*_CHECKED)).one_or_none()


def find_document_by_hash(sha256: str) -> IssuedDocument | None:
    """The latest document whose exact bytes have this hash."""
    return session.scalars(
        select(IssuedDocument).where(IssuedDocument.sha256 == sha256).options(*_CHECKED).order_by(IssuedDocument.id.desc()).limit(1)
    ).one_or_none()


def find_predecessor(document: IssuedDocument) -> IssuedDocument | None:
    """The document this one took the place of."""
    query = select(IssuedDocument).where(IssuedDocument.superseded_by_id == document.id)
    return session.scalars(query.order_by(IssuedDocument.id.desc()).limit(1)).one_or_none()


def documents_of(person: Person, *, kind: DocumentKind | None = None) -> Sequence[IssuedDocument]:
    """Every document issued to the person, with its file, latest first."""
    query = select(IssuedDocument).where(IssuedDocument.person_id == person.id).options(*_WHOLE)
    if kind is not None:
        query = query.where(IssuedDocument.kind == kind)
    return session.scalars(query.order_by(IssuedDocument.issued_at.desc(), IssuedDocument.id.desc())).all()


def documents_about(subject_id: UUID) -> Sequence[IssuedDocument]:
    """Every document about a thing, with its file, latest first."""
    query = select(IssuedDocument).where(IssuedDocument.subject_id == subject_id).options(*_WHOLE)
    return session.scalars(query.order_by(IssuedDocument.issued_at.desc(), IssuedDocument.id.desc())).all()
