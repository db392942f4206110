"""Tables of an exam's blueprint: its sections, and how many questions of which kind each draws."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, Identified
from training.items.models import Difficulty

if TYPE_CHECKING:
    from training.catalogue.models import CourseVersion


class ExamSection(Identified, Base):
    """A part of an exam with questions of its own and, if it names one, a pass mark beside that of the whole."""

    __tablename__ = "training_exam_section"
    __table_args__ = (CheckConstraint("pass_mark BETWEEN 1 AND 100", name="pass_mark_in_range"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("training_course_version.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str]
    pass_mark: Mapped[int | None] = mapped_column(default=None)  # percent; None: only the whole is judged

    course_version: Mapped["CourseVersion"] = relationship(lazy="raise", back_populates="sections")
    draws: Mapped[list["ExamDraw"]] = relationship(
        lazy="raise", back_populates="section", order_by="(ExamDraw.position, ExamDraw.id)", cascade="all, delete-orphan"
    )

    @property
    def item_count(self) -> int:
        """How many questions it asks. Needs `draws` to be loaded."""
        return sum(draw.item_count for draw in self.draws)


class ExamDraw(Identified, Base):
    """So many questions a section draws: of one tag, of one difficulty, of both, or any."""

    __tablename__ = "training_exam_draw"
    __table_args__ = (CheckConstraint("item_count > 0", name="item_count_positive"),)

    section_id: Mapped[int] = mapped_column(ForeignKey("training_exam_section.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    item_count: Mapped[int]
    tag: Mapped[str] = mapped_column(default="")  # empty: whatever it is about
    difficulty: Mapped[Difficulty | None] = mapped_column(default=None)  # None: however hard

    section: Mapped[ExamSection] = relationship(lazy="raise", back_populates="draws")
