"""Pools of interviewers: any of whom can take a seat, once they have learned it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified, Recorded
from core.people.models import Person


class InterviewerPool(Recorded, Base):
    """People of whom any one can take a seat, and how often somebody watches and leads before they are one of them."""

    __tablename__ = "hiring_interviewer_pool"
    __table_args__ = (CheckConstraint("shadowings BETWEEN 0 AND 20 AND leadings BETWEEN 0 AND 20", name="training_in_range"),)

    name: Mapped[str] = mapped_column(unique=True)
    shadowings: Mapped[int] = mapped_column(default=0)  # interviews to watch
    leadings: Mapped[int] = mapped_column(default=0)  # interviews to lead while somebody watches
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column()

    interviewers: Mapped[list["PooledInterviewer"]] = relationship(
        lazy="raise", back_populates="pool", order_by="PooledInterviewer.id", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}


class PooledInterviewer(Identified, Base):
    """Somebody in a pool: in training until they are qualified."""

    __tablename__ = "hiring_pooled_interviewer"
    __table_args__ = (UniqueConstraint("pool_id", "person_id"),)

    pool_id: Mapped[int] = mapped_column(ForeignKey("hiring_interviewer_pool.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    joined_at: Mapped[datetime] = mapped_column(default=now)
    qualified_at: Mapped[datetime | None] = mapped_column(default=None)

    pool: Mapped[InterviewerPool] = relationship(lazy="raise", back_populates="interviewers")
    person: Mapped[Person] = relationship(lazy="raise")
