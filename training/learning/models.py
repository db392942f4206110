"""Tables of learning: who began which version, and which modules they have read."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from training.catalogue.models import CourseVersion, Module


class Study(Identified, Base):
    """A person's work on a version, from the moment they first opened it."""

    __tablename__ = "training_study"
    __table_args__ = (UniqueConstraint("person_id", "version_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("training_course.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("training_course_version.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(default=now)

    course_version: Mapped[CourseVersion] = relationship(lazy="raise")


class ModuleReading(Identified, Base):
    """A person's reading of a module: when they said that they had read it."""

    __tablename__ = "training_module_reading"
    __table_args__ = (UniqueConstraint("person_id", "module_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("training_module.id"), index=True)
    read_at: Mapped[datetime] = mapped_column(default=now)
    typed_name: Mapped[str] = mapped_column(default="", server_default="")  # under a statement that is confirmed by name

    module: Mapped[Module] = relationship(lazy="raise")


class ModuleProgress(Identified, Base):
    """How far a person is with a module: the time counted by the server, when they were last seen at it, and at which page."""

    __tablename__ = "training_module_progress"
    __table_args__ = (UniqueConstraint("person_id", "module_id"), CheckConstraint("seconds >= 0", name="seconds_not_negative"))

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("training_module.id"), index=True)
    seconds: Mapped[int] = mapped_column(default=0)
    seen_at: Mapped[datetime] = mapped_column(default=now)
    place: Mapped[int] = mapped_column(default=1)  # of a PDF, the page

    module: Mapped[Module] = relationship(lazy="raise")
