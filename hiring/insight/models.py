"""Counts that figures are summed from, made anew every hour."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.db import Base, Identified


class Measure(StrEnum):
    """What is counted. `label` says which one of it."""

    REACHED = "reached"
    STAGE_DAYS = "stage_days"
    HIRE_DAYS = "hire_days"
    FILL_DAYS = "fill_days"
    SOURCE = "source"
    SOURCE_HIRED = "source_hired"
    OFFER = "offer"
    REASON = "reason"
    LOAD = "load"
    CARD = "card"


class InsightCount(Identified, Base):
    """How many of a measure, in one posting and one month. `days` is set where lengths are counted; `person_id` where it is about one."""

    __tablename__ = "hiring_insight_count"
    __table_args__ = (Index("ix_hiring_insight_count_measure_month_on", "measure", "month_on"),)

    posting_id: Mapped[int] = mapped_column(ForeignKey("hiring_posting.id"), index=True)
    month_on: Mapped[date]  # the first day of the month in which the candidates applied; for interviews, of the month they took place in
    measure: Mapped[Measure]
    label: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    days: Mapped[int | None] = mapped_column(default=None)
    number: Mapped[int]
    counted_at: Mapped[datetime] = mapped_column(default=now)
