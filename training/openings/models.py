"""Tables of openings: when an exam may be sat, where, and by whom who was given its access code."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified, Recorded
from core.people.models import Location, Person
from training.catalogue.models import Course


class ExamOpening(Recorded, Base):
    """A time at which a course's exam may be begun and after which nothing in it is answered any more.

    A course with openings ahead, running or past is only sat within one; a course without any is always open.
    """

    __tablename__ = "training_exam_opening"
    __table_args__ = (
        CheckConstraint("opens_at < closes_at", name="instants_in_order"),
        Index("ix_training_exam_opening_course_id_closes_at", "course_id", "closes_at"),
    )

    course_id: Mapped[int] = mapped_column(ForeignKey("training_course.id"), index=True)
    location_id: Mapped[int | None] = mapped_column(ForeignKey("core_location.id"), index=True)  # None: for everybody
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    time_zone: Mapped[str]  # in which its times were written
    code_hash: Mapped[str] = mapped_column(default="")  # empty: no code is asked for
    planned_by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    course: Mapped[Course] = relationship(lazy="raise")
    location: Mapped[Location | None] = relationship(lazy="raise")
    planned_by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[planned_by_id])

    @property
    def asks_code(self) -> bool:
        """Whether an access code is needed to begin."""
        return bool(self.code_hash)


class CodeTry(Identified, Base):
    """How often a person has typed a wrong access code for an opening, and when last."""

    __tablename__ = "training_code_try"
    __table_args__ = (UniqueConstraint("opening_id", "person_id"),)

    opening_id: Mapped[int] = mapped_column(ForeignKey("training_exam_opening.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    wrong: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime] = mapped_column(default=now)
