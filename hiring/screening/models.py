"""Marks that screeners give an application, criterion by criterion."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.people.models import Person


class ScreeningMark(Identified, Base):
    """How well an application meets one criterion in the eyes of one screener: 1 not at all, 4 fully."""

    __tablename__ = "hiring_screening_mark"
    __table_args__ = (
        UniqueConstraint("application_id", "criterion_id", "by_id"),
        CheckConstraint("mark BETWEEN 1 AND 4", name="mark_in_range"),
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("hiring_application.id"), index=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("hiring_criterion.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    mark: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    marked_at: Mapped[datetime] = mapped_column(default=now)

    by: Mapped[Person] = relationship(lazy="raise")
