"""Tables of regrading: what was corrected in the key of an exam item, and what that changed for each attempt."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.people.models import Person
from training.catalogue.models import CourseVersion
from training.exams.models import Attempt
from training.items.models import Item


class CorrectionKind(StrEnum):
    """How a faulty item is put right."""

    KEY = "key"
    FULL_CREDIT = "full_credit"
    TAKEN_OUT = "taken_out"


class RegradeOutcome(StrEnum):
    """What a correction made of an attempt whose points changed."""

    SAME = "same"
    NOW_PASSED = "now_passed"
    NOW_FAILED = "now_failed"
    KEPT = "kept"


class KeyCorrection(Identified, Base):
    """A correction of one item of an approved version. The version itself stays as approved; the newest correction of an item holds."""

    __tablename__ = "training_key_correction"
    __table_args__ = (CheckConstraint("reason <> ''", name="reason_given"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("training_item.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("training_course_version.id"), index=True)
    kind: Mapped[CorrectionKind]
    key: Mapped[dict[str, Any]]  # {"right": [option ids]} or {"number": "12.5", "tolerance": "0"}; empty unless the key changed
    keeps_passed: Mapped[bool] = mapped_column(default=True)  # whoever had passed stays so
    reason: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(default=now, index=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)  # when every attempt had been looked at

    item: Mapped[Item] = relationship(lazy="raise")
    course_version: Mapped[CourseVersion] = relationship(lazy="raise")
    made_by: Mapped[Person] = relationship(lazy="raise")


class Regrade(Identified, Base):
    """One attempt whose points a correction changed: old and new score. Never changed itself."""

    __tablename__ = "training_regrade"
    __table_args__ = (UniqueConstraint("correction_id", "attempt_id"),)

    correction_id: Mapped[int] = mapped_column(ForeignKey("training_key_correction.id"))
    attempt_id: Mapped[int] = mapped_column(ForeignKey("training_attempt.id"), index=True)
    old_earned: Mapped[str]  # points as exact fractions
    new_earned: Mapped[str]
    old_possible: Mapped[int]
    new_possible: Mapped[int]
    outcome: Mapped[RegradeOutcome]
    at: Mapped[datetime] = mapped_column(default=now)

    correction: Mapped[KeyCorrection] = relationship(lazy="raise")
    attempt: Mapped[Attempt] = relationship(lazy="raise")
