"""Work to be done in the background: one row a job, written in the transaction that wants it done."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.db import Base, Recorded
from core.workflow import Workflow


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    PARKED = "parked"


JOB_STATES = Workflow(
    {
        JobState.WAITING: {JobState.RUNNING},
        JobState.RUNNING: {JobState.DONE, JobState.WAITING, JobState.PARKED},
        JobState.PARKED: {JobState.WAITING},
    }
)


class Job(Recorded, Base):
    """One call of a task. `key`, when given, is unique for ever: the same thing is never asked for twice."""

    __tablename__ = "core_job"
    __table_args__ = (Index(None, "state", "run_at"),)

    task: Mapped[str]
    arguments: Mapped[dict[str, Any]]
    key: Mapped[str | None] = mapped_column(default=None, unique=True)
    run_at: Mapped[datetime] = mapped_column(default=now)
    state: Mapped[JobState] = mapped_column(default=JobState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(default=None)
    claimed_by: Mapped[str] = mapped_column(default="")
    last_error: Mapped[str] = mapped_column(default="")  # a sentence without names, addresses or texts of people
    finished_at: Mapped[datetime | None] = mapped_column(default=None)


class TimetableEntry(Base):
    """When a task of the timetable is due next; whoever moves it on is the one worker that asks for the run."""

    __tablename__ = "core_timetable"

    name: Mapped[str] = mapped_column(primary_key=True)
    next_at: Mapped[datetime]
