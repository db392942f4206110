"""Tables of the item bank: the questions of a version and what is offered for each."""

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, Identified

if TYPE_CHECKING:
    from training.catalogue.models import CourseVersion


class ItemKind(StrEnum):
    """How an exam item is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    NUMERIC = "numeric"
    SHORT_TEXT = "short_text"
    MATCHING = "matching"
    ORDERING = "ordering"
    FILL_IN = "fill_in"
    ESSAY = "essay"
    FILE = "file"


BY_HAND = frozenset({ItemKind.ESSAY, ItemKind.FILE})  # marked by a person
BLANK = re.compile(r"\[\[(\d{1,2})\]\]")  # where a blank stands in the text of one to be filled in
GAP = "_____"


class BlankForm(StrEnum):
    """How a blank is filled in."""

    TYPED = "typed"
    LISTED = "listed"
    NUMBER = "number"


class Difficulty(StrEnum):
    """How hard a question is meant to be."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class ItemState(StrEnum):
    """Whether a question may be drawn."""

    DRAFT = "draft"
    APPROVED = "approved"


class Item(Identified, Base):
    """A question of the exam. `lineage` is the same for the same question in later versions."""

    __tablename__ = "training_item"
    __table_args__ = (
        CheckConstraint("points > 0", name="points_positive"),
        CheckConstraint("kind <> 'numeric' OR answer <> ''", name="numeric_has_answer"),
        CheckConstraint("least_words >= 0 AND (most_words = 0 OR most_words >= least_words)", name="words_in_range"),
        Index("ix_training_item_version_id_state", "version_id", "state"),
    )

    version_id: Mapped[int] = mapped_column(ForeignKey("training_course_version.id"), index=True)
    lineage: Mapped[UUID] = mapped_column(default=uuid4, index=True)
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[ItemKind] = mapped_column(default=ItemKind.SINGLE)
    text: Mapped[str]
    points: Mapped[int] = mapped_column(default=1)
    answer: Mapped[str] = mapped_column(default="")  # of a numeric item, an exact decimal
    tolerance: Mapped[str] = mapped_column(default="0")
    feedback: Mapped[str] = mapped_column(default="")  # shown with the result
    tag: Mapped[str] = mapped_column(default="", server_default="")  # what it is about, for drawing so many of each
    difficulty: Mapped[Difficulty] = mapped_column(default=Difficulty.MEDIUM, server_default=Difficulty.MEDIUM.value)
    state: Mapped[ItemState] = mapped_column(default=ItemState.APPROVED, server_default=ItemState.APPROVED.value)
    rubric: Mapped[str] = mapped_column(
        default="", server_default=""
    )  # how one that is marked by hand is marked: what markers read beside the criteria
    criteria: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")  # [{"text": …, "levels": [{"text": …, "points": 2}, …]}, …]
    least_words: Mapped[int] = mapped_column(default=0, server_default="0")  # of an essay; told, not enforced
    most_words: Mapped[int] = mapped_column(default=0, server_default="0")  # 0 for no end
    file_kinds: Mapped[list[str]] = mapped_column(default=list, server_default="[]")  # such as pdf
    file_megabytes: Mapped[int] = mapped_column(default=10, server_default="10")
    case_matters: Mapped[bool] = mapped_column(default=False, server_default=false())  # in what is typed
    accents_matter: Mapped[bool] = mapped_column(default=False, server_default=false())
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("core_file.id"), index=True, default=None)
    picture_words: Mapped[str] = mapped_column(default="", server_default="")  # for those who do not see it
    sound_id: Mapped[int | None] = mapped_column(ForeignKey("core_file.id"), index=True, default=None)
    sound_words: Mapped[str] = mapped_column(default="", server_default="")  # for those who do not hear it

    course_version: Mapped["CourseVersion"] = relationship(lazy="raise", back_populates="items")
    options: Mapped[list["ItemOption"]] = relationship(
        lazy="raise", back_populates="item", order_by="(ItemOption.position, ItemOption.id)", cascade="all, delete-orphan"
    )

    @property
    def words(self) -> str:
        """Its text as a person reads it in a list, blanks as lines."""
        return BLANK.sub(GAP, self.text) if self.kind is ItemKind.FILL_IN else self.text


class ItemOption(Identified, Base):
    """One of the answers offered for an item, or accepted for it; one side of a pair; a step of an order, by position."""

    __tablename__ = "training_item_option"
    __table_args__ = (
        CheckConstraint("weight BETWEEN -100 AND 100", name="weight_in_range"),
        CheckConstraint("blank >= 0 AND worth > 0", name="blank_and_worth_in_range"),
    )

    item_id: Mapped[int] = mapped_column(ForeignKey("training_item.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    text: Mapped[str]
    correct: Mapped[bool] = mapped_column(default=False)
    weight: Mapped[int] = mapped_column(default=100, server_default="100")  # percent of the points a short text or a blank earns
    partner: Mapped[str] = mapped_column(default="", server_default="")  # what it is matched with
    blank: Mapped[int] = mapped_column(default=0, server_default="0")  # which blank of the text it is for, from 1
    form: Mapped[BlankForm] = mapped_column(default=BlankForm.TYPED, server_default=BlankForm.TYPED.value)  # of its blank
    worth: Mapped[int] = mapped_column(default=1, server_default="1")  # of its blank, beside the others
    tolerance: Mapped[str] = mapped_column(default="", server_default="")  # where a blank takes a number
    feedback: Mapped[str] = mapped_column(default="")

    item: Mapped[Item] = relationship(lazy="raise", back_populates="options")
