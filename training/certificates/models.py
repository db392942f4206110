"""Tables of certificates: the paper that says a completion."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.documents.models import IssuedDocument
from core.workflow import Workflow
from training.requirements.models import Completion


class CertificateState(StrEnum):
    """Where a certificate stands; whether it has expired is told by its last valid day."""

    ISSUED = "issued"
    REVOKED = "revoked"
    REPLACED = "replaced"


WORKFLOW = Workflow({CertificateState.ISSUED: {CertificateState.REVOKED, CertificateState.REPLACED}})
_STANDING = text("state <> 'replaced'")


class Certificate(Identified, Base):
    """One completion's certificate. The document holds the exact bytes and the code anyone can verify.

    Issued anew it is another row that replaces this one; a completion has one that is not replaced.
    """

    __tablename__ = "training_certificate"
    __table_args__ = (
        Index("uq_training_certificate_standing", "completion_id", unique=True, sqlite_where=_STANDING, postgresql_where=_STANDING),
        CheckConstraint("replaces_id IS NULL OR replaces_id <> id", name="not_replacing_itself"),
        CheckConstraint("(replaces_id IS NULL) = (reissue_reason = '')", name="reissued_with_reason"),
    )

    completion_id: Mapped[int] = mapped_column(ForeignKey("training_completion.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("core_document.id"), unique=True)
    state: Mapped[CertificateState] = mapped_column(default=CertificateState.ISSUED)
    issued_at: Mapped[datetime] = mapped_column(default=now)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    revoked_reason: Mapped[str] = mapped_column(default="")
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("training_certificate.id"), unique=True, default=None)
    reissue_reason: Mapped[str] = mapped_column(default="", server_default="")
    reissued_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)

    completion: Mapped[Completion] = relationship(lazy="raise")
    document: Mapped[IssuedDocument] = relationship(lazy="raise")
