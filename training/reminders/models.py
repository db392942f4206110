"""Table of reminders of required training: who was told of what, at which step, so that nobody is told twice."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.people.models import Person


class Audience(StrEnum):
    """As what somebody is told."""

    PERSON = "person"  # of whom it is required
    MANAGER = "manager"
    COMPLIANCE = "compliance"


class TrainingReminder(Identified, Base):
    """That the daily mail told somebody of a requirement that falls due or is overdue. One for each step and due day."""

    __tablename__ = "training_reminder"
    __table_args__ = (
        UniqueConstraint("recipient_id", "person_id", "lineage", "due_on", "audience", "step"),
        Index("ix_training_reminder_person_id_lineage", "person_id", "lineage"),
    )

    recipient_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    lineage: Mapped[UUID]  # of the rule
    due_on: Mapped[date]
    audience: Mapped[Audience]
    step: Mapped[int]  # days ahead, or below zero the week it has been overdue
    day: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    recipient: Mapped[Person] = relationship(lazy="raise", foreign_keys=[recipient_id])
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
