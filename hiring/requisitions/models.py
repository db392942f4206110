"""Tables of requisitions: people wanted, each an opening of its own that is filled once."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified, Recorded
from core.people.models import Department, JobRole, Location, Person
from core.workflow import Workflow
from hiring.applications.models import Application
from hiring.postings.models import SalaryPeriod


class RequisitionState(StrEnum):
    """Where a requisition stands."""

    DRAFT = "draft"
    IN_APPROVAL = "in_approval"
    APPROVED = "approved"
    ON_HOLD = "on_hold"
    FILLED = "filled"
    CANCELLED = "cancelled"


class Reason(StrEnum):
    """Why people are wanted."""

    GROWTH = "growth"
    REPLACEMENT = "replacement"
    NEW_ROLE = "new_role"
    TEMPORARY = "temporary"


class OpeningState(StrEnum):
    """Where one opening stands."""

    OPEN = "open"
    FILLED = "filled"
    CANCELLED = "cancelled"


S = RequisitionState
WORKFLOW = Workflow(
    {
        S.DRAFT: {S.IN_APPROVAL, S.CANCELLED},
        S.IN_APPROVAL: {S.APPROVED, S.DRAFT, S.CANCELLED},
        S.APPROVED: {S.DRAFT, S.ON_HOLD, S.FILLED, S.CANCELLED},
        S.ON_HOLD: {S.APPROVED, S.FILLED, S.CANCELLED},
        S.FILLED: {S.DRAFT, S.APPROVED},
    }
)


class Requisition(Recorded, Base):
    """A wish to hire. What was approved (pay, budget, number) does not change without another approval."""

    __tablename__ = "hiring_requisition"
    __table_args__ = (
        CheckConstraint("salary_from IS NULL OR salary_to IS NULL OR salary_from <= salary_to", name="salary_in_order"),
        Index("ix_hiring_requisition_state_changed_at", "state", "changed_at"),
    )

    title: Mapped[str]
    reason: Mapped[Reason] = mapped_column(default=Reason.GROWTH)
    justification: Mapped[str] = mapped_column(default="")
    job_role_id: Mapped[int] = mapped_column(ForeignKey("core_job_role.id"), index=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("core_department.id"), index=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("core_location.id"), index=True)
    hiring_manager_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    salary_from: Mapped[int | None] = mapped_column(default=None)  # minor units
    salary_to: Mapped[int | None] = mapped_column(default=None)
    currency: Mapped[str] = mapped_column(default="BRL")
    salary_period: Mapped[SalaryPeriod] = mapped_column(default=SalaryPeriod.MONTH)
    budget: Mapped[int | None] = mapped_column(default=None)  # minor units, for all openings in a year
    language: Mapped[str] = mapped_column(default="pt_BR")  # of the posting to come
    state: Mapped[RequisitionState] = mapped_column(default=S.DRAFT)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    job_role: Mapped[JobRole] = relationship(lazy="raise")
    department: Mapped[Department] = relationship(lazy="raise")
    location: Mapped[Location] = relationship(lazy="raise")
    hiring_manager: Mapped[Person] = relationship(lazy="raise", foreign_keys=[hiring_manager_id])
    requested_by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[requested_by_id])
    openings: Mapped[list["Opening"]] = relationship(
        lazy="raise", back_populates="requisition", order_by="(Opening.starts_on, Opening.id)", cascade="all, delete-orphan"
    )

    def openings_in(self, *states: OpeningState) -> list["Opening"]:
        """The openings in these states. Needs `openings` to be loaded."""
        return [opening for opening in self.openings if opening.state in states]


class RequisitionChange(Identified, Base):
    """Who changed pay, budget or openings of a requisition, and which; settled by the approval that followed, in which they had no say."""

    __tablename__ = "hiring_requisition_change"

    requisition_id: Mapped[int] = mapped_column(ForeignKey("hiring_requisition.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    fields: Mapped[list[str]]
    settled_at: Mapped[datetime | None] = mapped_column(default=None)


class Opening(Identified, Base):
    """One person wanted, from one day. Only an approved one can be filled, and by one application."""

    __tablename__ = "hiring_opening"
    __table_args__ = (
        CheckConstraint("(state = 'filled') = (application_id IS NOT NULL)", name="filled_by_an_application"),
        CheckConstraint("state <> 'filled' OR approved", name="filled_when_approved"),
    )

    requisition_id: Mapped[int] = mapped_column(ForeignKey("hiring_requisition.id"), index=True)
    starts_on: Mapped[date]
    state: Mapped[OpeningState] = mapped_column(default=OpeningState.OPEN)
    approved: Mapped[bool] = mapped_column(default=False)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("hiring_application.id"), unique=True, default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    end_reason: Mapped[str] = mapped_column(default="")

    requisition: Mapped[Requisition] = relationship(lazy="raise", back_populates="openings")
    application: Mapped[Application | None] = relationship(lazy="raise")
