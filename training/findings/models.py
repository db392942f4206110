"""Tables of findings: what an audit found, who puts it right by when, what was done, and who was satisfied."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.people.models import Person
from core.workflow import Workflow
from training.catalogue.models import Course
from training.requirements.models import Rule


class Severity(StrEnum):
    """How much a finding weighs."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class FindingState(StrEnum):
    """Where a finding stands."""

    OPEN = "open"
    ACTED_ON = "acted_on"
    CLOSED = "closed"


WORKFLOW = Workflow(
    {
        FindingState.OPEN: {FindingState.ACTED_ON, FindingState.CLOSED},
        FindingState.ACTED_ON: {FindingState.CLOSED, FindingState.OPEN},
        FindingState.CLOSED: {FindingState.OPEN},
    }
)


class AuditFinding(Identified, Base):
    """Something found wanting. Its owner acts, somebody else closes it."""

    __tablename__ = "training_audit_finding"
    __table_args__ = (
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_at_a_time"),
        Index("ix_training_audit_finding_owner_id_state", "owner_id", "state"),
    )

    number: Mapped[int] = mapped_column(unique=True)
    text: Mapped[str]
    severity: Mapped[Severity] = mapped_column(default=Severity.MEDIUM)
    state: Mapped[FindingState] = mapped_column(default=FindingState.OPEN)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    course_id: Mapped[int | None] = mapped_column(ForeignKey("training_course.id"), index=True, default=None)
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("training_rule.id"), index=True, default=None)
    owner_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    due_on: Mapped[date]
    raised_at: Mapped[datetime] = mapped_column(default=now)
    raised_by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("training_audit_grant.id"), index=True, default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    person: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[person_id])
    course: Mapped[Course | None] = relationship(lazy="raise")
    rule: Mapped[Rule | None] = relationship(lazy="raise")
    owner: Mapped[Person] = relationship(lazy="raise", foreign_keys=[owner_id])
    raised_by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[raised_by_id])

    def is_overdue(self, *, on: date) -> bool:
        """Whether it should have been put right before the day."""
        return self.state is not FindingState.CLOSED and self.due_on < on


class FindingMove(Identified, Base):
    """A line of a finding's history: what was done, or why it was closed or opened again."""

    __tablename__ = "training_audit_finding_move"

    finding_id: Mapped[int] = mapped_column(ForeignKey("training_audit_finding.id"), index=True)
    from_state: Mapped[FindingState | None] = mapped_column(default=None)
    to_state: Mapped[FindingState]
    text: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=now)
    by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)

    by: Mapped[Person] = relationship(lazy="raise")
