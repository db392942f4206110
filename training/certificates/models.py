"""Tables of certificates: the paper that says a completion."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
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


WORKFLOW = Workflow({CertificateState.ISSUED: {CertificateState.REVOKED}})


class Certificate(Identified, Base):
    """One completion's certificate. The document holds the exact bytes and the code anyone can verify."""

    __tablename__ = "training_certificate"

    completion_id: Mapped[int] = mapped_column(ForeignKey("training_completion.id"), unique=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("core_document.id"), unique=True)
    state: Mapped[CertificateState] = mapped_column(default=CertificateState.ISSUED)
    issued_at: Mapped[datetime] = mapped_column(default=now)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    revoked_reason: Mapped[str] = mapped_column(default="")

    completion: Mapped[Completion] = relationship(lazy="raise")
    document: Mapped[IssuedDocument] = relationship(lazy="raise")
