"""Tables of check-ins: short talks of a new hire and their manager, with an agenda and notes both write."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.calendars.models import Booking
from core.db import Base, Recorded
from core.people.models import Person
from core.workflow import Workflow


class CheckInState(StrEnum):
    """Whether a check-in stands."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


WORKFLOW = Workflow({CheckInState.PLANNED: {CheckInState.CANCELLED}})


class CheckIn(Recorded, Base):
    """One talk. Those of a series were planned together."""

    __tablename__ = "onboarding_check_in"
    __table_args__ = (
        CheckConstraint("person_id <> manager_id", name="two_people"),
        Index("ix_onboarding_check_in_state_starts_at", "state", "starts_at"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    manager_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("core_booking.id"), unique=True)
    series: Mapped[UUID] = mapped_column(index=True)
    starts_at: Mapped[datetime]
    agenda: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    state: Mapped[CheckInState] = mapped_column(default=CheckInState.PLANNED)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    manager: Mapped[Person] = relationship(lazy="raise", foreign_keys=[manager_id])
    booking: Mapped[Booking] = relationship(lazy="raise")
