"""Erasing whom a document was issued to: its code then answers that it is not valid."""

from sqlalchemy import func, update

from core.clock import now
from core.db import session
from core.documents.models import IssuedDocument
from core.people.models import Person


def erase_documents_of(person: Person, *, reason: str) -> None:
    """Revoke every document of the person and take name and facts off it."""
    ours = IssuedDocument.person_id == person.id
    given = {"revoked_at": func.coalesce(IssuedDocument.revoked_at, now()), "revoked_reason": reason}
    session.execute(update(IssuedDocument).where(ours).values(holder="-", title="-", facts={}, **given))
