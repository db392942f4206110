"""Tables of audits: access given to an auditor for a time and within a scope, and every page they looked at."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.people.models import Person


class AuditGrant(Identified, Base):
    """An auditor may read, for a time, what lies within a scope. Empty lists and days limit nothing. Ends by itself, or earlier by somebody.

    `departments` and `places` hold public ids, `rules` lineages, `regulations` the words of the rules' sources.
    """

    __tablename__ = "training_audit_grant"
    __table_args__ = (
        CheckConstraint("ends_at > given_at", name="ends_after_it_begins"),
        CheckConstraint("reason <> ''", name="reason_given"),
        CheckConstraint("period_from IS NULL OR period_to IS NULL OR period_to >= period_from", name="days_in_order"),
    )

    auditor_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    departments: Mapped[list[str]] = mapped_column(default=list)
    places: Mapped[list[str]] = mapped_column(default=list)
    rules: Mapped[list[str]] = mapped_column(default=list)
    regulations: Mapped[list[str]] = mapped_column(default=list)
    period_from: Mapped[date | None] = mapped_column(default=None)
    period_to: Mapped[date | None] = mapped_column(default=None)
    reason: Mapped[str]
    given_at: Mapped[datetime] = mapped_column(default=now)
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)  # earlier than it would have
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    auditor: Mapped[Person] = relationship(lazy="raise", foreign_keys=[auditor_id])
    given_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[given_by_id])
    ended_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[ended_by_id])

    def runs(self, *, at: datetime) -> bool:
        """Whether it holds at the instant."""
        return self.ended_at is None and self.ends_at > at

    @property
    def is_narrow(self) -> bool:
        """Whether it limits anything."""
        return bool(self.departments or self.places or self.rules or self.regulations or self.period_from or self.period_to)


class AuditLook(Base):
    """A page an auditor asked for. Only ever added to."""

    __tablename__ = "training_audit_look"
    __table_args__ = (Index("ix_training_audit_look_grant_id_at", "grant_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("training_audit_grant.id"))
    auditor_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    method: Mapped[str]
    address: Mapped[str]
    status: Mapped[int]
