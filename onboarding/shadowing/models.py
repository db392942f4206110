"""Tables of job shadowing: sessions with an experienced colleague, what to look for, and what was seen."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.calendars.models import Booking
from core.clock import now
from core.db import Base, Identified, Recorded
from core.people.models import Person
from core.workflow import Workflow


class Mode(StrEnum):
    """Where a session takes place."""

    ON_SITE = "on_site"
    REMOTE = "remote"


class SessionState(StrEnum):
    """Where a session stands."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    HELD = "held"
    SIGNED_OFF = "signed_off"
    CANCELLED = "cancelled"


S = SessionState
WORKFLOW = Workflow(
    {
        S.PROPOSED: {S.PROPOSED, S.CONFIRMED, S.HELD, S.CANCELLED},
        S.CONFIRMED: {S.CONFIRMED, S.HELD, S.CANCELLED},
        S.HELD: {S.SIGNED_OFF},
    }
)
AHEAD = frozenset({S.PROPOSED, S.CONFIRMED})


class Objective(Identified, Base):
    """Something worth watching an experienced colleague do."""

    __tablename__ = "onboarding_objective"

    title: Mapped[str] = mapped_column(unique=True)
    hint: Mapped[str] = mapped_column(default="")  # what to look out for
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)


class Session(Recorded, Base):
    """A new hire accompanies a mentor, on one or two days. `starts_at` and `ends_at` span all its days."""

    __tablename__ = "onboarding_shadowing_session"
    __table_args__ = (
        CheckConstraint("person_id <> mentor_id", name="two_people"),
        CheckConstraint("starts_at < ends_at", name="instants_in_order"),
        CheckConstraint("(state = 'signed_off') = (signed_off_at IS NOT NULL)", name="signed_off_at_iff_signed_off"),
        Index("ix_onboarding_shadowing_session_person_id_state", "person_id", "state"),
        Index("ix_onboarding_shadowing_session_mentor_id_state", "mentor_id", "state"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    scheduled_by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    mode: Mapped[Mode]
    place: Mapped[str] = mapped_column(default="")
    meeting_url: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    time_zone: Mapped[str]
    note: Mapped[str] = mapped_column(default="")  # what to read or bring
    state: Mapped[SessionState] = mapped_column(default=S.PROPOSED)
    reason: Mapped[str] = mapped_column(default="")  # why it was cancelled
    logged_at: Mapped[datetime | None] = mapped_column(default=None)
    feedback: Mapped[str] = mapped_column(default="")  # the mentor's, both read it
    signed_off_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    mentor: Mapped[Person] = relationship(lazy="raise", foreign_keys=[mentor_id])
    scheduled_by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[scheduled_by_id])
    days: Mapped[list["SessionDay"]] = relationship(
        lazy="raise", back_populates="session", order_by="(SessionDay.starts_at, SessionDay.id)", cascade="all, delete-orphan"
    )
    observations: Mapped[list["Observation"]] = relationship(
        lazy="raise", back_populates="session", order_by="Observation.id", cascade="all, delete-orphan"
    )
    moves: Mapped[list["SessionMove"]] = relationship(lazy="raise", back_populates="session", order_by="(SessionMove.at, SessionMove.id)")


class SessionDay(Identified, Base):
    """One day of a session, with its booking in both calendars."""

    __tablename__ = "onboarding_shadowing_day"

    session_id: Mapped[int] = mapped_column(ForeignKey("onboarding_shadowing_session.id"), index=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("core_booking.id"), unique=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    session: Mapped[Session] = relationship(lazy="raise", back_populates="days")
    booking: Mapped[Booking] = relationship(lazy="raise")


class Observation(Identified, Base):
    """What the new hire wrote about one objective of a session; `seen` is None until they have."""

    __tablename__ = "onboarding_observation"
    __table_args__ = (UniqueConstraint("session_id", "objective_id"),)

    session_id: Mapped[int] = mapped_column(ForeignKey("onboarding_shadowing_session.id"), index=True)
    objective_id: Mapped[int] = mapped_column(ForeignKey("onboarding_objective.id"), index=True)
    seen: Mapped[bool | None] = mapped_column(default=None)
    happened: Mapped[str] = mapped_column(default="")
    learned: Mapped[str] = mapped_column(default="")
    question: Mapped[str] = mapped_column(default="")
    written_at: Mapped[datetime | None] = mapped_column(default=None)

    session: Mapped[Session] = relationship(lazy="raise", back_populates="observations")
    objective: Mapped[Objective] = relationship(lazy="raise")


class SessionMove(Identified, Base):
    """A line of a session's history: another state, another time, or both."""

    __tablename__ = "onboarding_shadowing_move"

    session_id: Mapped[int] = mapped_column(ForeignKey("onboarding_shadowing_session.id"), index=True)
    from_state: Mapped[SessionState | None] = mapped_column(default=None)
    to_state: Mapped[SessionState]
    starts_at: Mapped[datetime]
    at: Mapped[datetime] = mapped_column(default=now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    reason: Mapped[str] = mapped_column(default="")

    session: Mapped[Session] = relationship(lazy="raise", back_populates="moves")
    by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[by_id])
