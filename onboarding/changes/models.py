"""The table of what is left to do when somebody leaves, or withdraws before day one."""

from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Identified
from onboarding.templates.models import Part


class Occasion(StrEnum):
    """When a task of the list is wanted."""

    BOTH = "both"
    LEAVES = "leaves"
    WITHDRAWS = "withdraws"


class LeavingTask(Identified, Base):
    """Something to do whenever somebody leaves. `offset_days` are business days from the last day."""

    __tablename__ = "onboarding_leaving_task"
    __table_args__ = (CheckConstraint("offset_days BETWEEN -60 AND 60", name="offset_in_range"),)

    title: Mapped[str]
    part: Mapped[Part]
    offset_days: Mapped[int] = mapped_column(default=0)
    occasion: Mapped[Occasion] = mapped_column(default=Occasion.BOTH)
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
