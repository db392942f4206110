"""Notes on applications and who is mentioned in them."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, Identified, Recorded
from core.people.models import Person
from hiring.applications.models import Application


class Note(Recorded, Base):
    """What a colleague noted about an application. The candidate never sees it; a withdrawn note has lost its text."""

    __tablename__ = "hiring_note"

    application_id: Mapped[int] = mapped_column(ForeignKey("hiring_application.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    text: Mapped[str]
    changed_at: Mapped[datetime | None] = mapped_column(default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    application: Mapped[Application] = relationship(lazy="raise")
    author: Mapped[Person] = relationship(lazy="raise")
    mentions: Mapped[list["Mention"]] = relationship(lazy="raise", back_populates="note", order_by="Mention.id", cascade="all, delete-orphan")


class Mention(Identified, Base):
    """A colleague named in a note. It waits on their home page until they say that they have read it."""

    __tablename__ = "hiring_note_mention"
    __table_args__ = (UniqueConstraint("note_id", "person_id"),)

    note_id: Mapped[int] = mapped_column(ForeignKey("hiring_note.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    read_at: Mapped[datetime | None] = mapped_column(default=None)

    note: Mapped[Note] = relationship(lazy="raise", back_populates="mentions")
