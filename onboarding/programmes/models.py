"""Tables of shadowing programmes: stages from watching to doing alone, who takes part, and which stages they have passed."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified, Recorded
from core.people.models import JobRole, Person
from core.workflow import Workflow
from onboarding.programmes.objectives import Mode, Objective

MOST_SESSIONS, MOST_MINUTES = 40, 6000


class StageKind(StrEnum):
    """What the new hire does in a stage, from watching to doing alone."""

    OBSERVE = "observe"
    ASSIST = "assist"
    SUPERVISED = "supervised"
    ALONE = "alone"


class ParticipationState(StrEnum):
    """Where somebody stands with a programme."""

    RUNNING = "running"
    COMPLETED = "completed"
    ENDED = "ended"


P = ParticipationState
PARTICIPATION_WORKFLOW = Workflow({P.RUNNING: {P.COMPLETED, P.ENDED}})


class Programme(Recorded, Base):
    """What a new hire in a job role sees and does before working alone. A later version takes its place; who has begun keeps theirs."""

    __tablename__ = "onboarding_programme"
    __table_args__ = (
        UniqueConstraint("job_role_id", "number"),
        Index(
            "uq_onboarding_programme_active",
            "job_role_id",
            unique=True,
            sqlite_where=text("is_active = 1"),
            postgresql_where=text("is_active"),
        ),
    )

    name: Mapped[str]
    job_role_id: Mapped[int] = mapped_column(ForeignKey("core_job_role.id"))
    number: Mapped[int] = mapped_column(default=1)
    reading: Mapped[str] = mapped_column(default="")  # what to read first, as Markdown
    course_id: Mapped[int | None] = mapped_column(ForeignKey("training_course.id"), index=True, default=None)  # what a mentor must hold
    is_active: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    job_role: Mapped[JobRole] = relationship(lazy="raise")
    stages: Mapped[list["ProgrammeStage"]] = relationship(
        lazy="raise", back_populates="programme", order_by="ProgrammeStage.position", cascade="all, delete-orphan"
    )


class ProgrammeStage(Identified, Base):
    """A step of a programme. In a reversed one the parts are swapped: the new hire does the work, the mentor watches and rates."""

    __tablename__ = "onboarding_programme_stage"
    __table_args__ = (
        UniqueConstraint("programme_id", "position"),
        CheckConstraint(f"sessions_required BETWEEN 1 AND {MOST_SESSIONS}", name="sessions_in_range"),
        CheckConstraint(f"minutes_required BETWEEN 0 AND {MOST_MINUTES}", name="minutes_in_range"),
        CheckConstraint("days BETWEEN 1 AND 2", name="one_or_two_days"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("onboarding_programme.id"))
    position: Mapped[int]
    kind: Mapped[StageKind]
    is_reversed: Mapped[bool] = mapped_column(default=False)
    sessions_required: Mapped[int] = mapped_column(default=1)
    minutes_required: Mapped[int] = mapped_column(default=0)
    needs_every_objective: Mapped[bool] = mapped_column(default=True)
    needs_approval: Mapped[bool] = mapped_column(default=False)  # the manager lets the new hire go on, not the count
    mode: Mapped[Mode | None] = mapped_column(default=None)  # None: on site or remote, as it comes
    days: Mapped[int] = mapped_column(default=1)  # how many days a session usually takes
    reading: Mapped[str] = mapped_column(default="")

    programme: Mapped[Programme] = relationship(lazy="raise", back_populates="stages")
    objectives: Mapped[list["StageObjective"]] = relationship(
        lazy="raise", back_populates="stage", order_by="StageObjective.id", cascade="all, delete-orphan"
    )


class StageObjective(Identified, Base):
    """Something to watch in a stage."""

    __tablename__ = "onboarding_stage_objective"
    __table_args__ = (UniqueConstraint("stage_id", "objective_id"),)

    stage_id: Mapped[int] = mapped_column(ForeignKey("onboarding_programme_stage.id"))
    objective_id: Mapped[int] = mapped_column(ForeignKey("onboarding_objective.id"), index=True)

    stage: Mapped[ProgrammeStage] = relationship(lazy="raise", back_populates="objectives")
    objective: Mapped[Objective] = relationship(lazy="raise")


class Participation(Recorded, Base):
    """A new hire's way through one programme. `stage` is the one they are in, None once all are passed."""

    __tablename__ = "onboarding_participation"
    __table_args__ = (
        CheckConstraint("(state = 'running') = (stage_id IS NOT NULL)", name="stage_iff_running"),
        CheckConstraint("(state = 'running') = (ended_at IS NULL)", name="ended_at_iff_over"),
        Index(
            "uq_onboarding_participation_running",
            "person_id",
            unique=True,
            sqlite_where=text("state = 'running'"),
            postgresql_where=text("state = 'running'"),
        ),
        Index("ix_onboarding_participation_state_created_at", "state", "created_at"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("onboarding_programme.id"), index=True)
    stage_id: Mapped[int | None] = mapped_column(ForeignKey("onboarding_programme_stage.id"), index=True)
    state: Mapped[ParticipationState] = mapped_column(default=P.RUNNING)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")  # why it was ended early
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    person: Mapped[Person] = relationship(lazy="raise")
    programme: Mapped[Programme] = relationship(lazy="raise")
    stage: Mapped[ProgrammeStage | None] = relationship(lazy="raise")
    passages: Mapped[list["StagePassage"]] = relationship(lazy="raise", back_populates="participation", order_by="StagePassage.id")


class StagePassage(Identified, Base):
    """That a stage was passed: by the count of sessions (nobody named), or let through by somebody."""

    __tablename__ = "onboarding_stage_passage"
    __table_args__ = (UniqueConstraint("participation_id", "stage_id"),)

    participation_id: Mapped[int] = mapped_column(ForeignKey("onboarding_participation.id"))
    stage_id: Mapped[int] = mapped_column(ForeignKey("onboarding_programme_stage.id"), index=True)
    passed_at: Mapped[datetime] = mapped_column(default=now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    comment: Mapped[str] = mapped_column(default="")

    participation: Mapped[Participation] = relationship(lazy="raise", back_populates="passages")
    stage: Mapped[ProgrammeStage] = relationship(lazy="raise")
    by: Mapped[Person | None] = relationship(lazy="raise")
