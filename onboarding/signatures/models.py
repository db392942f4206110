"""Tables of signatures under documents that were made from the text of a task."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.documents.models import IssuedDocument
from core.people.models import Person
from onboarding.checklists.models import Task


class TaskSignature(Identified, Base):
    """A person's name under a document: what they typed, when, the hash of the text they saw, and the sealed document."""

    __tablename__ = "onboarding_signature"

    task_id: Mapped[int] = mapped_column(ForeignKey("onboarding_task.id"), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    typed_name: Mapped[str]
    sha256: Mapped[str]
    signed_at: Mapped[datetime] = mapped_column(default=now)
    document_id: Mapped[int] = mapped_column(ForeignKey("core_document.id"), index=True)

    task: Mapped[Task] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
    document: Mapped[IssuedDocument] = relationship(lazy="raise")
