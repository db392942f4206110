"""Tables of marking by hand: each answer that waits for a person, the marks given to it, and marks amended later."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.people.models import Person
from core.workflow import Workflow
from training.exams.models import Attempt
from training.items.models import Item
from training.regrading.models import RegradeOutcome


class ScriptState(StrEnum):
    """Where an answer that is marked by hand stands."""

    OPEN = "open"
    DIFFERING = "differing"  # two marks too far apart
    MARKED = "marked"


class MarkKind(StrEnum):
    """What a mark is."""

    OWN = "own"  # of one of those asked for
    DECIDING = "deciding"  # of a third person, where two differ
    AGREED = "agreed"  # of one of the two who differ, once the other says so too


WORKFLOW = Workflow({ScriptState.OPEN: {ScriptState.DIFFERING, ScriptState.MARKED}, ScriptState.DIFFERING: {ScriptState.MARKED}})


class Script(Identified, Base):
    """One answer of an attempt that people mark. Who marks it sees neither whose it is nor which attempt."""

    __tablename__ = "training_script"
    __table_args__ = (
        UniqueConstraint("attempt_id", "item_id"),
        CheckConstraint("marks_needed IN (1, 2)", name="marks_one_or_two"),
        CheckConstraint("(state = 'marked') = (earned <> '')", name="marked_has_points"),
        CheckConstraint("(state = 'marked') = (marked_at IS NOT NULL)", name="marked_has_instant"),
        Index("ix_training_script_state_waits_since", "state", "waits_since"),
    )

    attempt_id: Mapped[int] = mapped_column(ForeignKey("training_attempt.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("training_item.id"), index=True)
    state: Mapped[ScriptState] = mapped_column(default=ScriptState.OPEN)
    marks_needed: Mapped[int] = mapped_column(default=1)
    may_differ: Mapped[int] = mapped_column(default=0)  # points by which two marks may differ
    waits_since: Mapped[datetime]
    earned: Mapped[str] = mapped_column(default="")  # points as an exact fraction, once marked
    marked_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    attempt: Mapped[Attempt] = relationship(lazy="raise")
    item: Mapped[Item] = relationship(lazy="raise")
    marks: Mapped[list["Mark"]] = relationship(lazy="raise", back_populates="script", order_by="Mark.id")
    amendments: Mapped[list["MarkAmendment"]] = relationship(lazy="raise", back_populates="script", order_by="MarkAmendment.id")


class Mark(Identified, Base):
    """What one person gave an answer: the level of each criterion by its place in the rubric, with notes. Once sent it is never changed."""

    __tablename__ = "training_mark"
    __table_args__ = (
        UniqueConstraint("script_id", "slot"),  # at most as many as asked for, whoever is quicker
        CheckConstraint("slot BETWEEN 1 AND 3", name="slot_in_range"),
        CheckConstraint("kind <> 'own' OR slot IN (1, 2)", name="own_mark_has_its_slot"),
        CheckConstraint("kind <> 'agreed' OR comment <> ''", name="agreed_with_reason"),
        Index("ix_training_mark_marker_id_script_id", "marker_id", "script_id"),
    )

    script_id: Mapped[int] = mapped_column(ForeignKey("training_script.id"))
    marker_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    slot: Mapped[int]  # the first, the second, and the one that settles
    kind: Mapped[MarkKind] = mapped_column(default=MarkKind.OWN)
    levels: Mapped[list[int]]
    notes: Mapped[list[str]]
    points: Mapped[int]
    comment: Mapped[str] = mapped_column(default="")  # on the whole, or the reason of an agreed mark
    sent_at: Mapped[datetime] = mapped_column(default=now)
    agreed_at: Mapped[datetime | None] = mapped_column(default=None)  # when the other of the two said so too

    script: Mapped[Script] = relationship(lazy="raise", back_populates="marks")
    marker: Mapped[Person] = relationship(lazy="raise")


class MarkAmendment(Identified, Base):
    """A mark put right after it stood, with what that made of the attempt. Never changed itself."""

    __tablename__ = "training_mark_amendment"
    __table_args__ = (CheckConstraint("reason <> ''", name="reason_given"),)

    script_id: Mapped[int] = mapped_column(ForeignKey("training_script.id"), index=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("training_attempt.id"), index=True)
    levels: Mapped[list[int]]
    notes: Mapped[list[str]]
    old_points: Mapped[str]  # of the answer, as exact fractions
    new_points: Mapped[str]
    old_earned: Mapped[str]  # of the attempt; empty while it was being marked
    new_earned: Mapped[str]
    possible: Mapped[int]
    outcome: Mapped[RegradeOutcome]
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
    by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)

    script: Mapped[Script] = relationship(lazy="raise", back_populates="amendments")
    by: Mapped[Person] = relationship(lazy="raise")
