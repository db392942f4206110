"""Tables of learning: who began which version, and which modules they have read."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
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

    module: Mapped[Module] = relationship(lazy="raise")
