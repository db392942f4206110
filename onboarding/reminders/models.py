"""Tables of reminders: how late is late, what a person wants to read, and what has been sent."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.people.models import Person


class ReminderSettings(Identified, Base):
    """When others hear of late tasks, and from when on tasks are announced. There is at most one row."""

    __tablename__ = "onboarding_reminder_settings"
    __table_args__ = (
        CheckConstraint("escalate_after_days BETWEEN 1 AND 60", name="escalation_in_range"),
        CheckConstraint("hr_after_days BETWEEN 1 AND 90", name="hr_in_range"),
        CheckConstraint("soon_days BETWEEN 0 AND 14", name="soon_in_range"),
    )

    escalate_after_days: Mapped[int] = mapped_column(default=3)  # days late, for each step up the reporting line
    hr_after_days: Mapped[int] = mapped_column(default=7)
    soon_days: Mapped[int] = mapped_column(default=3)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class DigestChoice(Identified, Base):
    """How a person wants their daily mail, once they have said so."""

    __tablename__ = "onboarding_digest_choice"
    __table_args__ = (CheckConstraint("hour BETWEEN 5 AND 11", name="hour_in_the_morning"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), unique=True)
    hour: Mapped[int] = mapped_column(default=7)
    wants_soon: Mapped[bool] = mapped_column(default=True)
    wants_others: Mapped[bool] = mapped_column(default=True)  # late tasks of those who report to the person
    on_weekends: Mapped[bool] = mapped_column(default=False)


class Digest(Identified, Base):
    """That a person got their mail of the day. The key keeps a second one from being written."""

    __tablename__ = "onboarding_digest"
    __table_args__ = (UniqueConstraint("person_id", "day"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    day: Mapped[date]
    written_at: Mapped[datetime] = mapped_column(default=now)
    lines: Mapped[int]


class Nudge(Identified, Base):
    """That somebody was asked by hand to look at their late tasks. One a day and owner."""

    __tablename__ = "onboarding_nudge"
    __table_args__ = (UniqueConstraint("owner_id", "day"),)

    owner_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    day: Mapped[date]
    at: Mapped[datetime] = mapped_column(default=now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)

    by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[by_id])
