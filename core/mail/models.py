"""Mails that are on their way or were sent: written whole in the transaction that wants them, delivered after it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, Recorded
from core.files.models import StoredFile
from core.people.models import Person
from core.workflow import Workflow


class MailState(StrEnum):
    """Where a mail stands."""

    WAITING = "waiting"
    SENT = "sent"
    PARKED = "parked"
    CANCELLED = "cancelled"


MAIL_STATES = Workflow(
    {
        MailState.WAITING: {MailState.SENT, MailState.PARKED, MailState.CANCELLED},
        MailState.SENT: {MailState.WAITING},
        MailState.PARKED: {MailState.WAITING, MailState.SENT},
        MailState.CANCELLED: {MailState.SENT},  # it was on its way already
    }
)


class OutgoingMail(Recorded, Base):
    """One mail to one person, as it was written. `message_id` never changes, so that a second delivery shows as the same mail."""

    __tablename__ = "core_outgoing_mail"
    __table_args__ = (
        CheckConstraint("(calendar IS NULL) = (calendar_method = '')", name="calendar_with_method"),
        Index(None, "state", "created_at"),
    )

    name: Mapped[str]  # of its templates: templates/mails/<name>/
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    to_name: Mapped[str]
    to_address: Mapped[str]
    locale: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    calendar: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    calendar_method: Mapped[str] = mapped_column(default="")
    message_id: Mapped[str] = mapped_column(unique=True)
    about: Mapped[UUID | None] = mapped_column(default=None, index=True)
    state: Mapped[MailState] = mapped_column(default=MailState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    send_at: Mapped[datetime | None] = mapped_column(default=None)  # not before; None: at once
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    last_error: Mapped[str] = mapped_column(default="")

    person: Mapped[Person] = relationship(lazy="raise")
    attachments: Mapped[list["MailAttachment"]] = relationship(lazy="raise", back_populates="mail", order_by="MailAttachment.position")


class MailAttachment(Base):
    """A stored file that goes with a mail."""

    __tablename__ = "core_mail_attachment"
    __table_args__ = (UniqueConstraint("mail_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mail_id: Mapped[int] = mapped_column(ForeignKey("core_outgoing_mail.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("core_file.id"), index=True)
    position: Mapped[int]

    mail: Mapped[OutgoingMail] = relationship(lazy="raise", back_populates="attachments")
    file: Mapped[StoredFile] = relationship(lazy="raise")
