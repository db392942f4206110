"""Tables of practical assessments: the standard with its observable criteria, and what each assessor saw."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified, Recorded
from core.people.models import Person
from core.workflow import Workflow
from training.catalogue.models import Course


class StandardState(StrEnum):
    """Where a performance standard stands."""

    DRAFT = "draft"
    APPROVED = "approved"
    SUPERSEDED = "superseded"


class AssessmentState(StrEnum):
    """Where a practical assessment stands."""

    OPEN = "open"
    DIFFERING = "differing"
    DECIDED = "decided"
    CALLED_OFF = "called_off"


STANDARD_WORKFLOW = Workflow({StandardState.DRAFT: {StandardState.APPROVED}, StandardState.APPROVED: {StandardState.SUPERSEDED}})
A = AssessmentState
WORKFLOW = Workflow({A.OPEN: {A.DECIDED, A.DIFFERING, A.CALLED_OFF}, A.DIFFERING: {A.DECIDED}})


class PerformanceStandard(Recorded, Base):
    """What somebody must be seen doing to hold a course. Once approved by a second person it is never changed; the next revision follows it."""

    __tablename__ = "training_standard"
    __table_args__ = (
        UniqueConstraint("course_id", "revision"),
        CheckConstraint("assessors_needed IN (1, 2)", name="assessors_one_or_two"),
        CheckConstraint("share_needed BETWEEN 1 AND 100", name="share_in_range"),
        CheckConstraint("state = 'draft' OR approved_by_id IS NOT NULL", name="approved_by_somebody"),
        Index("uq_training_standard_draft", "course_id", unique=True, sqlite_where=text("state = 'draft'"), postgresql_where=text("state = 'draft'")),
        Index(
            "uq_training_standard_holding",
            "course_id",
            unique=True,
            sqlite_where=text("state = 'approved'"),
            postgresql_where=text("state = 'approved'"),
        ),
    )

    course_id: Mapped[int] = mapped_column(ForeignKey("training_course.id"))
    revision: Mapped[int] = mapped_column(default=1)
    state: Mapped[StandardState] = mapped_column(default=StandardState.DRAFT)
    task: Mapped[str]  # what the person is asked to do
    assessors_needed: Mapped[int] = mapped_column(default=1)
    share_needed: Mapped[int] = mapped_column(default=100)  # percent of the criteria; critical ones always
    author_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    approved_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    course: Mapped[Course] = relationship(lazy="raise")
    author: Mapped[Person] = relationship(lazy="raise", foreign_keys=[author_id])
    approved_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[approved_by_id])
    criteria: Mapped[list["StandardCriterion"]] = relationship(
        lazy="raise", back_populates="standard", order_by="(StandardCriterion.position, StandardCriterion.id)", cascade="all, delete-orphan"
    )


class StandardCriterion(Identified, Base):
    """One thing that can be seen, met or not."""

    __tablename__ = "training_standard_criterion"

    standard_id: Mapped[int] = mapped_column(ForeignKey("training_standard.id"), index=True)
    position: Mapped[int]
    text: Mapped[str]
    is_critical: Mapped[bool] = mapped_column(default=False)  # without it nobody passes, whatever else was met

    standard: Mapped[PerformanceStandard] = relationship(lazy="raise", back_populates="criteria")


class PracticalAssessment(Identified, Base):
    """Somebody is assessed against a standard on a day."""

    __tablename__ = "training_practical_assessment"
    __table_args__ = (
        CheckConstraint("(state = 'decided') = (passed IS NOT NULL)", name="decided_has_outcome"),
        Index("ix_training_practical_assessment_person_id_standard_id", "person_id", "standard_id"),
    )

    standard_id: Mapped[int] = mapped_column(ForeignKey("training_standard.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    held_on: Mapped[date]
    state: Mapped[AssessmentState] = mapped_column(default=A.OPEN)
    passed: Mapped[bool | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")  # of who decided where assessors differed, or called it off
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    arranged_by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    arranged_at: Mapped[datetime] = mapped_column(default=now, index=True)
    completion_id: Mapped[int | None] = mapped_column(ForeignKey("training_completion.id"), unique=True, default=None)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    standard: Mapped[PerformanceStandard] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    decided_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[decided_by_id])
    sheets: Mapped[list["AssessorSheet"]] = relationship(lazy="raise", back_populates="assessment", order_by="AssessorSheet.id")


class AssessorSheet(Identified, Base):
    """What one assessor saw. Once sent it is never changed; the other assessor reads it only after sending their own."""

    __tablename__ = "training_assessor_sheet"
    __table_args__ = (UniqueConstraint("assessment_id", "assessor_id"),)

    assessment_id: Mapped[int] = mapped_column(ForeignKey("training_practical_assessment.id"))
    assessor_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    comment: Mapped[str] = mapped_column(default="")

    assessment: Mapped[PracticalAssessment] = relationship(lazy="raise", back_populates="sheets")
    assessor: Mapped[Person] = relationship(lazy="raise")
    observations: Mapped[list["CriterionSeen"]] = relationship(lazy="raise", back_populates="sheet", order_by="CriterionSeen.id")


class CriterionSeen(Identified, Base):
    """Whether an assessor saw a criterion met."""

    __tablename__ = "training_criterion_seen"
    __table_args__ = (UniqueConstraint("sheet_id", "criterion_id"),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey("training_assessor_sheet.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("training_standard_criterion.id"), index=True)
    met: Mapped[bool]
    note: Mapped[str] = mapped_column(default="")

    sheet: Mapped[AssessorSheet] = relationship(lazy="raise", back_populates="observations")
