"""Table of exemptions: who need not hold a course for a while, who asked, and which second person approved."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.files.models import StoredFile
from core.people.models import Person
from core.workflow import Workflow
from training.catalogue.models import Course


class ExemptionState(StrEnum):
    """Where an exemption stands."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # by who asked, before it was decided
    REVOKED = "revoked"


S = ExemptionState
WORKFLOW = Workflow({S.ASKED: {S.APPROVED, S.REFUSED, S.WITHDRAWN}, S.APPROVED: {S.REVOKED}})


class Exemption(Identified, Base):
    """A person need not hold a course from a day until another. It counts from its approval on, and a revocation only moves its end.

    Both carry their instants, so that what was known on a day can be told.
    """

    __tablename__ = "training_exemption"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="days_in_order"),
        CheckConstraint("(approved_at IS NULL) = (approved_by_id IS NULL)", name="approved_by_somebody"),
        CheckConstraint("state NOT IN ('approved', 'revoked') OR approved_at IS NOT NULL", name="approved_at_iff_approved"),
        CheckConstraint("(state = 'revoked') = (revoked_at IS NOT NULL)", name="revoked_at_iff_revoked"),
        CheckConstraint("approved_by_id IS NULL OR (approved_by_id <> asked_by_id AND approved_by_id <> person_id)", name="second_person"),
        Index("ix_training_exemption_state_recorded_at", "state", "recorded_at"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("training_course.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None] = mapped_column(default=None)
    reason: Mapped[str]
    open_reason: Mapped[str] = mapped_column(default="")  # why it has no end
    file_id: Mapped[int | None] = mapped_column(ForeignKey("core_file.id"), index=True, default=None)  # the evidence
    renews_id: Mapped[int | None] = mapped_column(ForeignKey("training_exemption.id"), index=True, default=None)
    state: Mapped[ExemptionState] = mapped_column(default=S.ASKED)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)  # None: from before a second person was asked
    recorded_at: Mapped[datetime] = mapped_column(default=now)  # when it was asked for
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    approved_at: Mapped[datetime | None] = mapped_column(default=None)
    refused_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)  # when it was refused or withdrawn
    answer: Mapped[str] = mapped_column(default="")  # why it was refused or revoked
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    ends_on: Mapped[date | None] = mapped_column(default=None)  # the last day left by the revocation; before the first: none at all
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    course: Mapped[Course] = relationship(lazy="raise")
    file: Mapped[StoredFile | None] = relationship(lazy="raise")
    asked_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[asked_by_id])
    approved_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[approved_by_id])
    refused_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[refused_by_id])
    revoked_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[revoked_by_id])

    @property
    def last_day(self) -> date | None:
        """Its last day as known now."""
        return self.valid_to if self.revoked_at is None else self.ends_on
