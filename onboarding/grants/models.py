"""Tables of what new hires were given: access and equipment, by whom, and when it was taken back."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.people.models import Person
from onboarding.checklists.models import Task

_HELD = text("revoked_at IS NULL")


class TaskGrant(Identified, Base):
    """An access or a piece of equipment a person has, as asked for by a task. At most one of a task is held at a time."""

    __tablename__ = "onboarding_grant"
    __table_args__ = (
        CheckConstraint("(revoked_at IS NULL) = (revoked_reason = '')", name="revoked_with_reason"),
        Index("uq_onboarding_grant_held", "task_id", unique=True, sqlite_where=_HELD, postgresql_where=_HELD),
    )

    task_id: Mapped[int] = mapped_column(ForeignKey("onboarding_task.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    item: Mapped[str]
    note: Mapped[str] = mapped_column(default="")  # which one: a serial number, a name of a profile
    granted_at: Mapped[datetime] = mapped_column(default=now)
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    revoked_reason: Mapped[str] = mapped_column(default="")

    task: Mapped[Task] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    granted_by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[granted_by_id])
    revoked_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[revoked_by_id])
