"""Tables of reviews: two assessments hidden from each other, what was agreed on, who signed, and the job as it was described."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.calendars.models import Booking
from core.clock import now
from core.db import Base, Identified, Recorded
from core.documents.models import IssuedDocument
from core.people.models import EmploymentType, Person
from core.workflow import Workflow
from onboarding.checklists.models import Checklist
from onboarding.moments import Moment


class ReviewState(StrEnum):
    """Where a review stands. It is open until both assessments are sent, and agreed while signatures are missing."""

    OPEN = "open"
    ASSESSED = "assessed"
    AGREED = "agreed"
    SIGNED = "signed"
    CANCELLED = "cancelled"


class Side(StrEnum):
    """Whose word it is."""

    PERSON = "person"
    MANAGER = "manager"


class Outcome(StrEnum):
    """What a review decides."""

    CONTINUE = "continue"
    CONFIRM = "confirm"
    EXTEND = "extend"
    END = "end"


S = ReviewState
WORKFLOW = Workflow(
    {
        S.OPEN: {S.ASSESSED, S.CANCELLED},
        S.ASSESSED: {S.AGREED, S.CANCELLED},
        S.AGREED: {S.ASSESSED, S.SIGNED, S.CANCELLED},
    }
)
UNFINISHED = frozenset({S.OPEN, S.ASSESSED, S.AGREED})


class Probation(Identified, Base):
    """How many days probation lasts on a kind of contract. No row: no probation."""

    __tablename__ = "onboarding_probation"
    __table_args__ = (CheckConstraint("days BETWEEN 15 AND 365", name="days_in_range"),)

    employment_type: Mapped[EmploymentType] = mapped_column(unique=True)
    days: Mapped[int]


class Review(Recorded, Base):
    """One look back. `round` counts the reviews of one moment: an extended probation ends with another."""

    __tablename__ = "onboarding_review"
    __table_args__ = (
        UniqueConstraint("checklist_id", "moment", "round"),
        CheckConstraint("(state = 'signed') = (finished_at IS NOT NULL)", name="finished_at_iff_signed"),
        CheckConstraint("state NOT IN ('agreed', 'signed') OR outcome IS NOT NULL", name="outcome_agreed"),
        CheckConstraint("(extended_to IS NOT NULL) = (outcome IS NOT NULL AND outcome = 'extend')", name="extended_to_a_day"),
        CheckConstraint("outcome IS NULL OR outcome <> 'end' OR end_reason <> ''", name="end_has_reason"),
        CheckConstraint("state <> 'signed' OR outcome <> 'end' OR consented_by_id IS NOT NULL", name="end_has_consent"),
        Index("ix_onboarding_review_state_due_on", "state", "due_on"),
    )

    checklist_id: Mapped[int] = mapped_column(ForeignKey("onboarding_checklist.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    moment: Mapped[Moment]
    round: Mapped[int] = mapped_column(default=1)
    due_on: Mapped[date]
    state: Mapped[ReviewState] = mapped_column(default=S.OPEN)
    asked_at: Mapped[datetime | None] = mapped_column(default=None)  # when both were asked for their assessments
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("core_booking.id"), unique=True, default=None)
    successes: Mapped[str] = mapped_column(default="")
    improvements: Mapped[str] = mapped_column(default="")
    job_description: Mapped[str] = mapped_column(default="")
    outcome: Mapped[Outcome | None] = mapped_column(default=None)
    extended_to: Mapped[date | None] = mapped_column(default=None)
    end_reason: Mapped[str] = mapped_column(default="")
    consented_at: Mapped[datetime | None] = mapped_column(default=None)
    consented_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    objection: Mapped[str] = mapped_column(default="")  # what the new hire asked to be changed before signing
    unsigned_reason: Mapped[str] = mapped_column(default="")  # why human resources closed it without the new hire's signature
    agreed_at: Mapped[datetime | None] = mapped_column(default=None)  # when it was put forward to be signed
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("core_document.id"), index=True, default=None)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    checklist: Mapped[Checklist] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    booking: Mapped[Booking | None] = relationship(lazy="raise")
    consented_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[consented_by_id])
    document: Mapped[IssuedDocument | None] = relationship(lazy="raise")
    assessments: Mapped[list["Assessment"]] = relationship(lazy="raise", back_populates="review", order_by="Assessment.id")
    actions: Mapped[list["ReviewAction"]] = relationship(lazy="raise", back_populates="review", order_by="(ReviewAction.due_on, ReviewAction.id)")
    signatures: Mapped[list["ReviewSignature"]] = relationship(lazy="raise", back_populates="review", order_by="ReviewSignature.id")

    def assessment_of(self, side: Side) -> "Assessment | None":
        """What one side has written, sent or not. Needs `assessments`."""
        return next((row for row in self.assessments if row.side == side), None)

    def signature_of(self, side: Side) -> "ReviewSignature | None":
        """One side's signature. Needs `signatures`."""
        return next((row for row in self.signatures if row.side == side), None)

    @property
    def both_sent(self) -> bool:
        """Whether both assessments are sent, so that each side may read the other's. Needs `assessments`."""
        return sum(row.sent_at is not None for row in self.assessments) == len(Side)

    @property
    def agreed_mark(self) -> str:
        """What tells one putting forward from another."""
        return "" if self.agreed_at is None else self.agreed_at.isoformat()

    @property
    def waits_for_consent(self) -> bool:
        """Whether an end was proposed that human resources has not consented to."""
        return self.state is S.AGREED and self.outcome is Outcome.END and self.consented_at is None


class Assessment(Recorded, Base):
    """One side's assessment: kept while it is typed, read by nobody else until both are sent. A new manager takes over what is not sent."""

    __tablename__ = "onboarding_review_assessment"
    __table_args__ = (
        UniqueConstraint("review_id", "side"),
        CheckConstraint("(sent_at IS NULL) = (sent_by_id IS NULL)", name="sent_by_somebody"),
        CheckConstraint("mark IS NULL OR mark BETWEEN 1 AND 5", name="mark_in_range"),
        CheckConstraint("sent_at IS NULL OR (achievements <> '' AND difficulties <> '' AND mark IS NOT NULL)", name="sent_whole"),
    )

    review_id: Mapped[int] = mapped_column(ForeignKey("onboarding_review.id"), index=True)
    side: Mapped[Side]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    achievements: Mapped[str] = mapped_column(default="")
    difficulties: Mapped[str] = mapped_column(default="")
    support: Mapped[str] = mapped_column(default="")
    mark: Mapped[int | None] = mapped_column(default=None)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    review: Mapped[Review] = relationship(lazy="raise", back_populates="assessments")
    sent_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[sent_by_id])
    amendments: Mapped[list["Amendment"]] = relationship(lazy="raise", back_populates="assessment", order_by="Amendment.id")


class Amendment(Identified, Base):
    """What an assessment said before it was changed after sending, and why it was changed."""

    __tablename__ = "onboarding_review_amendment"
    __table_args__ = (CheckConstraint("reason <> ''", name="reason_given"),)

    assessment_id: Mapped[int] = mapped_column(ForeignKey("onboarding_review_assessment.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    reason: Mapped[str]
    before: Mapped[dict[str, Any]]

    assessment: Mapped[Assessment] = relationship(lazy="raise", back_populates="amendments")


class ReviewAction(Recorded, Base):
    """Something agreed to be done, by whom and by when."""

    __tablename__ = "onboarding_review_action"
    __table_args__ = (
        CheckConstraint("(done_at IS NULL) = (done_by_id IS NULL)", name="done_by_somebody"),
        Index("ix_onboarding_review_action_owner_id_done_at", "owner_id", "done_at"),
    )

    review_id: Mapped[int] = mapped_column(ForeignKey("onboarding_review.id"), index=True)
    text: Mapped[str]
    owner_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    due_on: Mapped[date]
    done_at: Mapped[datetime | None] = mapped_column(default=None)
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)

    review: Mapped[Review] = relationship(lazy="raise", back_populates="actions")
    owner: Mapped[Person] = relationship(lazy="raise", foreign_keys=[owner_id])


class ReviewSignature(Identified, Base):
    """One side's typed name under what was agreed."""

    __tablename__ = "onboarding_review_signature"
    __table_args__ = (UniqueConstraint("review_id", "side"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("onboarding_review.id"), index=True)
    side: Mapped[Side]
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    typed_name: Mapped[str]
    signed_at: Mapped[datetime] = mapped_column(default=now)

    review: Mapped[Review] = relationship(lazy="raise", back_populates="signatures")


class JobDescription(Recorded, Base):
    """A person's job as a review described it, with the role's duties at that time. Rows are never changed: a new one is the next version."""

    __tablename__ = "onboarding_job_description"
    __table_args__ = (UniqueConstraint("person_id", "number"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    number: Mapped[int]
    job_role_id: Mapped[int] = mapped_column(ForeignKey("core_job_role.id"), index=True)
    role_duties: Mapped[str]
    text: Mapped[str]
    review_id: Mapped[int] = mapped_column(ForeignKey("onboarding_review.id"), index=True)

    review: Mapped[Review] = relationship(lazy="raise")


class ReviewStep(StrEnum):
    """What happened to a review, as its history names it."""

    BEGUN = "begun"
    SENT = "sent"
    AMENDED = "amended"
    MEETING_BOOKED = "meeting_booked"
    MEETING_MOVED = "meeting_moved"
    MEETING_CANCELLED = "meeting_cancelled"
    MEETING_HANDED_OVER = "meeting_handed_over"
    AGREED = "agreed"
    REOPENED = "reopened"
    CONSENTED = "consented"
    SIGNED_BY_ONE = "signed_by_one"
    SIGNED = "signed"
    CANCELLED = "cancelled"


class ReviewMove(Identified, Base):
    """A line of a review's history: who took which step, and when. It holds no texts."""

    __tablename__ = "onboarding_review_move"

    review_id: Mapped[int] = mapped_column(ForeignKey("onboarding_review.id"), index=True)
    step: Mapped[ReviewStep]
    at: Mapped[datetime] = mapped_column(default=now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)

    by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[by_id])
