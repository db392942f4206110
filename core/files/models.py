"""Files people have handed in or the product has made: what is known of each, beside its bytes in the storage."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, Recorded
from core.people.models import Person

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PNG = "image/png"
JPEG = "image/jpeg"
MP4 = "video/mp4"
WEBM = "video/webm"
MP3 = "audio/mpeg"
OGG = "audio/ogg"
WAV = "audio/wav"
SOUNDS = (MP3, OGG, WAV)


class TextState(StrEnum):
    """How far reading a file's text has come."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"
    NONE = "none"  # a picture: there is no text to read


class StoredFile(Recorded, Base):
    """A file. Its bytes lie in the storage under their SHA-256; two files with the same bytes share them."""

    __tablename__ = "core_file"
    __table_args__ = (CheckConstraint("size > 0", name="not_empty"),)

    name: Mapped[str]  # safe to offer for saving; never used as a path here
    content_type: Mapped[str]  # as found in the bytes, whatever the name said
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)  # whom it is about
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    page_count: Mapped[int | None] = mapped_column(default=None)
    text: Mapped[str] = mapped_column(default="")
    text_state: Mapped[TextState] = mapped_column(default=TextState.NONE)
    text_problem: Mapped[str] = mapped_column(default="")
    erased_at: Mapped[datetime | None] = mapped_column(default=None)  # the row stays for what points at it; the bytes are gone

    person: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[person_id])
    uploaded_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[uploaded_by_id])

    @property
    def is_viewable(self) -> bool:
        """Whether a browser may show it in place."""
        return self.content_type in (PDF, PNG, JPEG, *SOUNDS)


class FilePage(Base):
    """One page of a PDF, drawn as a picture that lies in the storage like any file's bytes."""

    __tablename__ = "core_file_page"
    __table_args__ = (UniqueConstraint("file_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("core_file.id"))
    number: Mapped[int]  # from 1
    sha256: Mapped[str]
    width: Mapped[int]  # pixels
    height: Mapped[int]
