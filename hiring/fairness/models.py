"""Counts of decisions by group. They are made anew every night, so that no decision can be read off their change."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.db import Base, Identified
from hiring.fairness.groups import Gate


class GroupCount(Identified, Base):
    """How many of a group were decided on at a gate, and how many passed. An empty answer stands for whoever told nothing."""

    __tablename__ = "hiring_group_count"
    __table_args__ = (Index("ix_hiring_group_count_question_quarter_on", "question", "quarter_on"),)

    posting_id: Mapped[int] = mapped_column(ForeignKey("hiring_posting.id"), index=True)
    quarter_on: Mapped[date]
    question: Mapped[str]
    answer: Mapped[str] = mapped_column(default="")
    gate: Mapped[Gate]
    decided: Mapped[int]
    passed: Mapped[int]
    counted_at: Mapped[datetime] = mapped_column(default=now)
