"""Counts of decisions by group. Those of a period are made once, after its end, and stay: no decision can be read off their change."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.db import Base, Identified
from hiring.fairness.groups import Gate


class GroupCount(Identified, Base):
    """How many of a group were decided on at a gate, and how many passed. An empty answer stands for whoever told nothing."""

    __tablename__ = "hiring_group_count"
    __table_args__ = (
        UniqueConstraint("question", "since_on", "department_id", "job_role_id", "gate", "answer", name="uq_hiring_group_count_once"),
        CheckConstraint("since_on <= until_on AND 0 <= passed AND passed <= decided", name="adds_up"),
    )

    since_on: Mapped[date]
    until_on: Mapped[date]
    department_id: Mapped[int] = mapped_column(ForeignKey("core_department.id"), index=True)  # the posting's when it was counted
    job_role_id: Mapped[int] = mapped_column(ForeignKey("core_job_role.id"), index=True)
    question: Mapped[str]
    answer: Mapped[str] = mapped_column(default="")
    gate: Mapped[Gate]
    decided: Mapped[int]
    passed: Mapped[int]
    counted_at: Mapped[datetime] = mapped_column(default=now)
