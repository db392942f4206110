"""Table of leaves of absence: from when until when somebody is away from work for long."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.people.models import Person

DAYS_TO_CATCH_UP = 14
MOST_DAYS = 180


class LeaveKind(StrEnum):
    """Why somebody is away. Read by human resources and by the person alone."""

    PARENTAL = "parental"
    MEDICAL = "medical"
    CARE = "care"
    STUDY = "study"
    SERVICE = "service"
    UNPAID = "unpaid"
    OTHER = "other"


class Leave(Identified, Base):
    """Days on which somebody is away; without an end until that is known. Corrected by a row that supersedes it, never edited."""

    __tablename__ = "core_leave"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="days_in_order"),
        CheckConstraint("return_days BETWEEN 0 AND 180", name="return_days_in_range"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    kind: Mapped[LeaveKind]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None] = mapped_column(default=None)
    return_days: Mapped[int] = mapped_column(default=DAYS_TO_CATCH_UP)  # after the return, to catch up with what fell due meanwhile
    note: Mapped[str] = mapped_column(default="")  # for human resources alone
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    superseded_at: Mapped[datetime | None] = mapped_column(default=None)
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_leave.id"), index=True, default=None)

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    recorded_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[recorded_by_id])
