"""Issuing documents, and taking them back."""

import hashlib
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from flask_babel import get_locale

from core.audit.record import record
from core.clock import now
from core.db import session
from core.documents.codes import new_code
from core.documents.models import DocumentKind, IssuedDocument
from core.errors import Invalid, WrongState
from core.files.models import PDF
from core.files.store import store_bytes
from core.people.models import Person
from core.web.i18n import _


def keep_document(
    content: bytes,
    *,
    kind: DocumentKind,
    title: str,
    person: Person,
    facts: Mapping[str, str],
    by: Person | None,
    valid_until: date | None = None,
    subject_id: UUID | None = None,
    code: str | None = None,
    language: str | None = None,
) -> IssuedDocument:
    """Keep the exact bytes of a document as issued, under a code that `/verify/<code>` answers to.

    `facts` (label to value, in the order shown) must hold nothing the paper does not show: the public page shows them.
    `code` is the one already printed on the paper, from `new_code()`.
    """
    file = store_bytes(content, name=f"{title}.pdf", content_type=PDF, by=by, person=person)
    document = IssuedDocument(
        kind=kind,
        code=code or new_code(),
        title=title,
        holder=person.name,
        language=language or str(get_locale() or "en"),
        person_id=person.id,
        sha256=hashlib.sha256(content).hexdigest(),
        facts=dict(facts),
        issued_at=now(),
        issued_by_id=None if by is None else by.id,
        valid_until=valid_until,
        revoked_reason="",
        subject_id=subject_id,
    )
    document.file = file
    document.person = person
    session.add(document)
    session.flush()
    record("core.document.issued", document, by=by, person=person, changes={"kind": kind, "sha256": document.sha256, "valid_until": valid_until})
    return document


def revoke_document(document: IssuedDocument, *, reason: str, by: Person | None) -> None:
    """Take a document back: its public page then says so, and why. Raises Invalid without a reason, WrongState when it is revoked already."""
    if not reason.strip():
        raise Invalid(_("Say why the document is revoked. The reason is shown to whoever checks it."), field="reason")
    if document.revoked_at is not None:
        raise WrongState(_("This document has been revoked already."))
    document.revoked_at = now()
    document.revoked_reason = reason.strip()
    person = session.get(Person, document.person_id)
    record("core.document.revoked", document, by=by, person=person, changes={"kind": document.kind}, reason=document.revoked_reason)


def supersede_document(document: IssuedDocument, *, by_document: IssuedDocument, by: Person | None) -> None:
    """Let a newer document of the same person take a document's place. Raises WrongState when it was revoked or superseded already."""
    if document.revoked_at is not None or document.superseded_by_id is not None:
        raise WrongState(_("This document no longer holds, so nothing can take its place."))
    if document.id == by_document.id or document.person_id != by_document.person_id:
        raise Invalid(_("Only another document of the same person can take its place."))
    session.flush()
    document.superseded_by_id = by_document.id
    person = session.get(Person, document.person_id)
    record("core.document.superseded", document, by=by, person=person, changes={"kind": document.kind, "superseded_by": str(by_document.public_id)})
