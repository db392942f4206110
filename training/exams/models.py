"""Tables of exams: attempts with the questions drawn for them, and the answers given."""

from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.people.models import Person
from core.workflow import Workflow
from training.catalogue.models import Course, CourseVersion
from training.items.models import Item


class AttemptState(StrEnum):
    """Where an attempt stands."""

    IN_PROGRESS = "in_progress"
    BEING_MARKED = "being_marked"  # handed in; neither passed nor failed until the last answer is marked by hand
    SUBMITTED = "submitted"


WORKFLOW = Workflow(
    {
        AttemptState.IN_PROGRESS: {AttemptState.SUBMITTED, AttemptState.BEING_MARKED},
        AttemptState.BEING_MARKED: {AttemptState.SUBMITTED},
    }
)


class Attempt(Identified, Base):
    """One sitting of an exam. `drawn` holds, in order, the items and the order of their options, by inner id."""

    __tablename__ = "training_attempt"
    __table_args__ = (
        UniqueConstraint("person_id", "version_id", "number"),
        CheckConstraint("deadline_at > started_at", name="deadline_after_start"),
        CheckConstraint(
            "(state = 'in_progress' OR submitted_at IS NOT NULL) AND (state <> 'submitted' OR passed IS NOT NULL)"
            " AND (state <> 'being_marked' OR passed IS NULL)",
            name="submitted_is_graded",
        ),
        Index(
            "uq_training_attempt_open",
            "person_id",
            "course_id",
            unique=True,
            sqlite_where=text("state = 'in_progress'"),
            postgresql_where=text("state = 'in_progress'"),
        ),
        Index("ix_training_attempt_state_deadline_at", "state", "deadline_at"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("training_course.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("training_course_version.id"), index=True)
    number: Mapped[int]
    seed: Mapped[int]
    drawn: Mapped[list[Any]]  # [{"item": 7, "options": [31, 30, 33]}, …]
    started_at: Mapped[datetime] = mapped_column(default=now)
    deadline_at: Mapped[datetime]
    closes_at: Mapped[datetime | None] = mapped_column(default=None)  # when the exam closes for everybody; None: it does not
    submitted_at: Mapped[datetime | None] = mapped_column(default=None)
    graded_at: Mapped[datetime | None] = mapped_column(default=None)  # when its result stood: later than handed in where people mark it
    ran_out: Mapped[bool] = mapped_column(default=False)  # closed by the clock, not by the person
    state: Mapped[AttemptState] = mapped_column(default=AttemptState.IN_PROGRESS)
    opening_id: Mapped[int | None] = mapped_column(ForeignKey("training_exam_opening.id"), index=True, default=None)
    is_practice: Mapped[bool] = mapped_column(default=False, server_default=false())  # where the first attempt counts, those after it
    honour_at: Mapped[datetime | None] = mapped_column(default=None)  # when the version's statement was confirmed
    seat: Mapped[str] = mapped_column(default="", server_default="")  # the device that answers, by a random word in its cookie
    last_sequence: Mapped[int] = mapped_column(default=0)
    earned: Mapped[str] = mapped_column(default="")  # points as an exact fraction, such as 13/2
    possible: Mapped[int] = mapped_column(default=0)
    passed: Mapped[bool | None] = mapped_column(default=None)

    person: Mapped[Person] = relationship(lazy="raise")
    course: Mapped[Course] = relationship(lazy="raise")
    course_version: Mapped[CourseVersion] = relationship(lazy="raise")
    responses: Mapped[list["Response"]] = relationship(lazy="raise", back_populates="attempt", order_by="Response.id")

    @property
    def is_open(self) -> bool:
        """Whether it has not been closed yet, whatever the clock says."""
        return self.state is AttemptState.IN_PROGRESS

    @property
    def is_being_marked(self) -> bool:
        """Whether it is handed in and somebody has still to mark an answer."""
        return self.state is AttemptState.BEING_MARKED

    @property
    def was_marked_by_hand(self) -> bool:
        """Whether its result stood only once people had marked an answer."""
        return self.graded_at is not None and self.graded_at != self.submitted_at

    @property
    def percent(self) -> Fraction | None:
        """The exact score in percent, once graded; penalties do not take it below zero."""
        if self.is_being_marked or not self.earned or not self.possible:
            return None
        return max(Fraction(self.earned), Fraction(0)) * 100 / self.possible


class Response(Identified, Base):
    """The answer to one drawn item: `{"options": [ids]}`, `{"number": "12.5"}`, `{"text": "…"}` or `{"file": id}`, with its sequence number."""

    __tablename__ = "training_response"
    __table_args__ = (UniqueConstraint("attempt_id", "item_id"),)

    attempt_id: Mapped[int] = mapped_column(ForeignKey("training_attempt.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("training_item.id"), index=True)
    answer: Mapped[dict[str, Any]]
    sequence: Mapped[int]
    saved_at: Mapped[datetime] = mapped_column(default=now)
    earned: Mapped[str] = mapped_column(default="")  # points as an exact fraction, once graded

    attempt: Mapped[Attempt] = relationship(lazy="raise", back_populates="responses")
    item: Mapped[Item] = relationship(lazy="raise")


class ExtraAttempt(Identified, Base):
    """One or more attempts granted to a person who had used up those allowed."""

    __tablename__ = "training_extra_attempt"
    __table_args__ = (CheckConstraint("attempts > 0", name="attempts_positive"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("training_course_version.id"), index=True)
    attempts: Mapped[int] = mapped_column(default=1, server_default="1")
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    granted_at: Mapped[datetime] = mapped_column(default=now)
    reason: Mapped[str]

    granted_by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[granted_by_id])
