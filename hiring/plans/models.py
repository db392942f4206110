"""Tables of interview plans."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, Identified, Recorded
from core.people.models import Person
from hiring.interviewers.models import InterviewerPool
from hiring.interviews.models import InterviewKind
from hiring.postings.models import Criterion, Posting, Stage


class QuestionStyle(StrEnum):
    """How a question of a kit asks."""

    OPEN = "open"
    BEHAVIOURAL = "behavioural"
    SITUATIONAL = "situational"
    TECHNICAL = "technical"


class PlanRound(Recorded, Base):
    """One round of a posting's interview plan. Interviews copy it, so that changing it changes none that was planned."""

    __tablename__ = "hiring_plan_round"
    __table_args__ = (CheckConstraint("minutes BETWEEN 10 AND 480", name="length_in_range"),)

    posting_id: Mapped[int] = mapped_column(ForeignKey("hiring_posting.id"), index=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("hiring_stage.id"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    kind: Mapped[InterviewKind]
    minutes: Mapped[int] = mapped_column(default=60)
    purpose: Mapped[str] = mapped_column(default="")  # what the round is to find out, and how to prepare
    cards_required: Mapped[bool] = mapped_column(default=True)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column()

    posting: Mapped[Posting] = relationship(lazy="raise")
    stage: Mapped[Stage] = relationship(lazy="raise")
    questions: Mapped[list["RoundQuestion"]] = relationship(lazy="raise", order_by="RoundQuestion.position", cascade="all, delete-orphan")
    covered: Mapped[list["RoundCriterion"]] = relationship(lazy="raise", order_by="RoundCriterion.id", cascade="all, delete-orphan")
    seats: Mapped[list["RoundSeat"]] = relationship(lazy="raise", order_by="RoundSeat.position", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}


class RoundQuestion(Identified, Base):
    """A question of a round's kit, and what a good answer shows."""

    __tablename__ = "hiring_round_question"

    round_id: Mapped[int] = mapped_column(ForeignKey("hiring_plan_round.id"), index=True)
    position: Mapped[int]
    style: Mapped[QuestionStyle]
    text: Mapped[str]
    good_answer: Mapped[str] = mapped_column(default="")


class RoundCriterion(Identified, Base):
    """A criterion that a round is to find out about."""

    __tablename__ = "hiring_round_criterion"
    __table_args__ = (UniqueConstraint("round_id", "criterion_id"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("hiring_plan_round.id"), index=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("hiring_criterion.id", ondelete="CASCADE"), index=True)

    criterion: Mapped[Criterion] = relationship(lazy="raise")


class RoundSeat(Identified, Base):
    """A seat of a round: one person, or any of a pool."""

    __tablename__ = "hiring_round_seat"
    __table_args__ = (CheckConstraint("(person_id IS NULL) <> (pool_id IS NULL)", name="person_or_pool"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("hiring_plan_round.id"), index=True)
    position: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    pool_id: Mapped[int | None] = mapped_column(ForeignKey("hiring_interviewer_pool.id"), index=True, default=None)

    person: Mapped[Person | None] = relationship(lazy="raise")
    pool: Mapped[InterviewerPool | None] = relationship(lazy="raise")
