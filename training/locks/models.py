"""Table of exam locks: who has used up the attempts at an exam, from when, and until somebody or something opened it again."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.people.models import Person
from training.catalogue.models import Course, CourseVersion
from training.exams.models import Attempt


class ExamLock(Identified, Base):
    """The last attempt failed, and nobody sits this exam until it is lifted: by an attempt granted, a pass, or a new version.

    Days are those where the person is; `locked_at` and `lifted_at` are when it was learnt. Never overwritten.
    """

    __tablename__ = "training_exam_lock"
    __table_args__ = (
        CheckConstraint("(lifted_on IS NULL) = (lifted_at IS NULL)", name="lifted_whole"),
        Index(
            "uq_training_exam_lock_standing",
            "person_id",
            "course_id",
            unique=True,
            sqlite_where=text("lifted_at IS NULL"),
            postgresql_where=text("lifted_at IS NULL"),
        ),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("training_course.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("training_course_version.id"), index=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("training_attempt.id"), index=True)
    locked_on: Mapped[date]
    locked_at: Mapped[datetime] = mapped_column(default=now)
    lifted_on: Mapped[date | None] = mapped_column(default=None)  # the first day on which it no longer holds
    lifted_at: Mapped[datetime | None] = mapped_column(default=None)
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)  # None: by a pass or a new version

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    course: Mapped[Course] = relationship(lazy="raise")
    course_version: Mapped[CourseVersion] = relationship(lazy="raise")
    attempt: Mapped[Attempt] = relationship(lazy="raise")
