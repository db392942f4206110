"""Where answers wait without who gave them, and the groups of five or more they are told in.

No table here has a number that counts up or a time: their order would tell whose answers they are.
"""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Identified
from onboarding.pulse.questions import Wave


class PulseTurn(Base):
    """That somebody has been asked and has answered, or would rather not: nothing of what."""

    __tablename__ = "onboarding_pulse_turn"
    __table_args__ = {"sqlite_with_rowid": False}

    checklist_id: Mapped[int] = mapped_column(ForeignKey("onboarding_checklist.id"), primary_key=True, autoincrement=False)
    wave: Mapped[Wave] = mapped_column(primary_key=True)


class PulseAnswer(Base):
    """Somebody's answers until they are told with others' and deleted. `quarter_on` is the quarter of the year they were given in."""

    __tablename__ = "onboarding_pulse_answer"
    __table_args__ = {"sqlite_with_rowid": False}

    key: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    wave: Mapped[Wave]
    quarter_on: Mapped[date]
    department_id: Mapped[int | None] = mapped_column(ForeignKey("core_department.id"), index=True, default=None)
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    answers: Mapped[dict[str, Any]]


class PulseText(Base):
    """What somebody wrote, apart from what they answered; not read by anybody until five are there."""

    __tablename__ = "onboarding_pulse_text"
    __table_args__ = {"sqlite_with_rowid": False}

    key: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    wave: Mapped[Wave] = mapped_column(index=True)
    text: Mapped[str]
    is_told: Mapped[bool] = mapped_column(default=False)


class PulseGroup(Identified, Base):
    """The answers of five or more, summed; whose they are nobody knows any more. It never changes."""

    __tablename__ = "onboarding_pulse_group"
    __table_args__ = (CheckConstraint("people >= 5", name="five_or_more"),)

    wave: Mapped[Wave] = mapped_column(index=True)
    quarter_on: Mapped[date]
    department_id: Mapped[int | None] = mapped_column(ForeignKey("core_department.id"), index=True, default=None)  # None: of several
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)  # None: of several
    people: Mapped[int]
    sums: Mapped[dict[str, Any]]  # question → sum of the answers
