"""Tables of waivers: who asked that a task need not be done, why, until when, and who agreed."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.people.models import Person
from core.workflow import Workflow
from onboarding.checklists.models import Task


class WaiverKind(StrEnum):
    """Whether a task is let off, or was never this person's to do."""

    WAIVED = "waived"
    NOT_APPLICABLE = "not_applicable"


class WaiverState(StrEnum):
    """Where a waiver stands."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"


WORKFLOW = Workflow({WaiverState.ASKED: {WaiverState.APPROVED, WaiverState.REFUSED}})
_ASKED = text("state = 'asked'")


class Waiver(Identified, Base):
    """A wish that a task need not be done until a day, with the answer to it. At most one of a task waits for an answer."""

    __tablename__ = "onboarding_waiver"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="reason_given"),
        CheckConstraint("(state = 'asked') = (decided_at IS NULL)", name="decided_at_iff_decided"),
        CheckConstraint("state <> 'refused' OR refusal <> ''", name="refusal_given"),
        Index("uq_onboarding_waiver_asked", "task_id", unique=True, sqlite_where=_ASKED, postgresql_where=_ASKED),
    )

    task_id: Mapped[int] = mapped_column(ForeignKey("onboarding_task.id"), index=True)
    kind: Mapped[WaiverKind]
    reason: Mapped[str]
    until: Mapped[date]  # the task opens again on this day
    state: Mapped[WaiverState] = mapped_column(default=WaiverState.ASKED)
    asked_at: Mapped[datetime] = mapped_column(default=now)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    refusal: Mapped[str] = mapped_column(default="")

    task: Mapped[Task] = relationship(lazy="raise")
    asked_by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[asked_by_id])
    decided_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[decided_by_id])
