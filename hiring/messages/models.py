"""Tables of messages on an application and of documents asked for."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified, Recorded
from core.files.models import StoredFile
from core.people.models import Person
from hiring.applications.models import Application

_UNANSWERED = text("from_candidate AND settled_at IS NULL")


class DocumentRequest(Recorded, Base):
    """A document the team has asked a candidate for. It is handed in once; another one is another request."""

    __tablename__ = "hiring_document_request"
    __table_args__ = (CheckConstraint("(file_id IS NULL) = (handed_in_at IS NULL)", name="handed_in_with_file"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("hiring_application.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    title: Mapped[str]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("core_file.id"), index=True, default=None)
    handed_in_at: Mapped[datetime | None] = mapped_column(default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)

    application: Mapped[Application] = relationship(lazy="raise")
    file: Mapped[StoredFile | None] = relationship(lazy="raise")

    @property
    def is_open(self) -> bool:
        """Whether the document is still waited for."""
        return self.handed_in_at is None and self.withdrawn_at is None


class Message(Identified, Base):
    """A message on an application. One from the candidate waits for the team until it is answered or settled."""

    __tablename__ = "hiring_message"
    __table_args__ = (
        Index("ix_hiring_message_unanswered", "application_id", sqlite_where=_UNANSWERED, postgresql_where=_UNANSWERED),
        CheckConstraint("text <> '' OR request_id IS NOT NULL", name="says_something"),
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("hiring_application.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    from_candidate: Mapped[bool]
    text: Mapped[str] = mapped_column(default="")
    request_id: Mapped[int | None] = mapped_column(ForeignKey("hiring_document_request.id"), index=True, default=None)  # asked for, or handed in
    sent_at: Mapped[datetime] = mapped_column(default=now)
    settled_at: Mapped[datetime | None] = mapped_column(default=None)  # of the candidate's: answered, or needs no answer

    application: Mapped[Application] = relationship(lazy="raise")
    author: Mapped[Person] = relationship(lazy="raise")
    request: Mapped[DocumentRequest | None] = relationship(lazy="raise")
