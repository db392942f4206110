"""Documents the company has issued: the exact bytes, what they say, and whether they still hold."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Recorded
from core.files.models import StoredFile
from core.people.models import Person


class DocumentKind(StrEnum):
    """What sort of document it is."""

    OFFER_LETTER = "offer_letter"
    SIGNED_OFFER = "signed_offer"
    CERTIFICATE = "certificate"
    TRANSCRIPT = "transcript"
    CONFIRMATION = "confirmation"
    EVIDENCE = "evidence"
    SIGNED_DOCUMENT = "signed_document"


class Standing(StrEnum):
    """Whether a document holds."""

    VALID = "valid"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"


class SealVerdict(StrEnum):
    """What the seal inside a file tells about it."""

    UNCHANGED = "unchanged"
    ADDED_TO = "added_to"
    CHANGED = "changed"
    FOREIGN = "foreign"
    UNREADABLE = "unreadable"
    NONE = "none"


class SealCertificate(Base):
    """A certificate documents were sealed with. A key that is renewed leaves the seals of the one before recognisable."""

    __tablename__ = "core_seal_certificate"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    first_used_at: Mapped[datetime] = mapped_column(default=now)


class IssuedDocument(Recorded, Base):
    """A document as it was issued. The file is never rendered again; only revoking and superseding change the row.

    `facts` is what the paper shows, label to value, and all that the public page may show. `subject_id` is the public id of what it is about.
    """

    __tablename__ = "core_document"
    __table_args__ = (
        CheckConstraint("(revoked_at IS NULL) = (revoked_reason = '')", name="revoked_with_reason"),
        CheckConstraint("superseded_by_id IS NULL OR superseded_by_id <> id", name="not_superseded_by_itself"),
    )

    kind: Mapped[DocumentKind]
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    holder: Mapped[str]  # the person's name as the paper shows it
    language: Mapped[str] = mapped_column(default="en")
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("core_file.id"), index=True)
    sha256: Mapped[str] = mapped_column(index=True)
    facts: Mapped[dict[str, Any]]
    issued_at: Mapped[datetime] = mapped_column(default=now)
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    valid_until: Mapped[date | None] = mapped_column(default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_reason: Mapped[str] = mapped_column(default="")
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_document.id"), index=True)
    subject_id: Mapped[UUID | None] = mapped_column(index=True)
    version: Mapped[int] = mapped_column()

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    file: Mapped[StoredFile] = relationship(lazy="raise")
    superseded_by: Mapped["IssuedDocument | None"] = relationship(lazy="raise", remote_side="IssuedDocument.id", foreign_keys=[superseded_by_id])

    __mapper_args__ = {"version_id_col": version}

    def standing(self, *, on: date) -> Standing:
        """Whether it holds on the day; being revoked weighs more than being superseded, that more than having expired."""
        if self.revoked_at is not None:
            return Standing.REVOKED
        if self.superseded_by_id is not None:
            return Standing.SUPERSEDED
        if self.valid_until is not None and self.valid_until < on:
            return Standing.EXPIRED
        return Standing.VALID
