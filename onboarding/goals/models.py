"""Tables of goals: what is agreed on in versions, and what was reached on which day."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified, Recorded
from core.people.models import Person
from core.workflow import Workflow
from onboarding.reviews.models import Side


class Kpi(StrEnum):
    """By what a goal is measured."""

    CLIENT_RETENTION = "client_retention"
    NEW_BUSINESS = "new_business"
    REVENUE_GROWTH = "revenue_growth"
    SATISFACTION = "satisfaction"
    SALES_GROWTH = "sales_growth"
    PIPELINE_CONVERSION = "pipeline_conversion"
    RESPONSE_TIME = "response_time"
    OTHER = "other"


class GoalState(StrEnum):
    """Whether a goal counts."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    ENDED = "ended"


WORKFLOW = Workflow({GoalState.PROPOSED: {GoalState.AGREED, GoalState.ENDED}, GoalState.AGREED: {GoalState.AGREED, GoalState.ENDED}})


class Goal(Recorded, Base):
    """Something a new hire is to reach. What it says is its newest agreed version."""

    __tablename__ = "onboarding_goal"

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    state: Mapped[GoalState] = mapped_column(default=GoalState.PROPOSED)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    person: Mapped[Person] = relationship(lazy="raise")
    versions: Mapped[list["GoalVersion"]] = relationship(lazy="raise", back_populates="goal", order_by="GoalVersion.number")
    actuals: Mapped[list["Actual"]] = relationship(lazy="raise", back_populates="goal", order_by="(Actual.on, Actual.id)")

    @property
    def agreed(self) -> "GoalVersion | None":
        """What is agreed on. Needs `versions`."""
        return next((row for row in reversed(self.versions) if row.agreed_at is not None), None)

    @property
    def proposal(self) -> "GoalVersion | None":
        """What waits for the other side. Needs `versions`."""
        last = self.versions[-1]
        return last if last.is_open and self.state is not GoalState.ENDED else None

    @property
    def shown(self) -> "GoalVersion":
        """What is agreed on, or else what was proposed last. Needs `versions`."""
        return self.agreed or self.versions[-1]


class GoalVersion(Identified, Base):
    """What one side proposed, and when the other agreed. Figures are hundredths of the unit. `ends` proposes to let the goal go."""

    __tablename__ = "onboarding_goal_version"
    __table_args__ = (
        UniqueConstraint("goal_id", "number"),
        CheckConstraint("weight BETWEEN 1 AND 100", name="weight_in_range"),
        CheckConstraint("(agreed_at IS NULL) = (agreed_by_id IS NULL)", name="agreed_by_somebody"),
        CheckConstraint("agreed_at IS NULL OR refused_at IS NULL", name="agreed_or_refused"),
        CheckConstraint("start IS NULL OR start <> target", name="start_is_not_target"),
    )

    goal_id: Mapped[int] = mapped_column(ForeignKey("onboarding_goal.id"), index=True)
    number: Mapped[int]
    specific: Mapped[str]
    kpi: Mapped[Kpi]
    unit: Mapped[str]
    start: Mapped[int | None] = mapped_column(BigInteger, default=None)
    target: Mapped[int] = mapped_column(BigInteger)
    lower_is_better: Mapped[bool] = mapped_column(default=False)
    attainable: Mapped[str]
    relevant: Mapped[str]
    due_on: Mapped[date]
    weight: Mapped[int]
    ends: Mapped[bool] = mapped_column(default=False)
    proposed_side: Mapped[Side]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    proposed_at: Mapped[datetime] = mapped_column(default=now)
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    agreed_at: Mapped[datetime | None] = mapped_column(default=None)
    agreed_reason: Mapped[str] = mapped_column(default="", server_default="")  # why, though the goals do not weigh 100 together
    refused_at: Mapped[datetime | None] = mapped_column(default=None)
    refused_reason: Mapped[str] = mapped_column(default="")

    goal: Mapped[Goal] = relationship(lazy="raise", back_populates="versions")
    proposed_by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[proposed_by_id])
    agreed_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[agreed_by_id])

    @property
    def is_open(self) -> bool:
        """Whether it waits for the other side."""
        return self.agreed_at is None and self.refused_at is None


class Actual(Identified, Base):
    """What was measured on a day, in hundredths of the unit. A day has one."""

    __tablename__ = "onboarding_goal_actual"
    __table_args__ = (UniqueConstraint("goal_id", "on"),)

    goal_id: Mapped[int] = mapped_column(ForeignKey("onboarding_goal.id"), index=True)
    on: Mapped[date]
    value: Mapped[int] = mapped_column(BigInteger)
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)

    goal: Mapped[Goal] = relationship(lazy="raise", back_populates="actuals")
