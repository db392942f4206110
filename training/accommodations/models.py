"""Table of accommodations: the extra time a person is given in exams."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.people.models import Person

MOST_PERCENT = 300


class Accommodation(Identified, Base):
    """So much more time in every exam a person begins while it holds. Ended and granted anew, never changed."""

    __tablename__ = "training_accommodation"
    __table_args__ = (
        CheckConstraint("extra_percent BETWEEN 1 AND 300", name="extra_in_range"),
        CheckConstraint("ended_at IS NULL OR ended_at >= granted_at", name="instants_in_order"),
        CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended_by_somebody"),
        Index(
            "uq_training_accommodation_holding",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    extra_percent: Mapped[int]
    reason: Mapped[str]  # often about health: shown only to those who may grant
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    granted_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)

    granted_by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[granted_by_id])
