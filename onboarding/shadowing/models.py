"""Tables of job shadowing: sessions with an experienced colleague, and what was seen."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.calendars.models import Booking
from core.clock import now
from core.db import Base, Identified, Recorded
from core.people.models import Person
from core.workflow import Workflow
from onboarding.programmes.models import ProgrammeStage
from onboarding.programmes.objectives import Mode, Objective


class SessionState(StrEnum):
    """Where a session stands."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    HELD = "held"
    SIGNED_OFF = "signed_off"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class Side(StrEnum):
    """Which of the two."""

    NEW_HIRE = "new_hire"
    MENTOR = "mentor"


S = SessionState
WORKFLOW = Workflow(
    {
        S.PROPOSED: {S.PROPOSED, S.CONFIRMED, S.HELD, S.CANCELLED, S.NO_SHOW},
        S.CONFIRMED: {S.PROPOSED, S.CONFIRMED, S.HELD, S.CANCELLED, S.NO_SHOW},
        S.HELD: {S.SIGNED_OFF, S.NO_SHOW},
        S.NO_SHOW: {S.HELD},
    }
)
AHEAD = frozenset({S.PROPOSED, S.CONFIRMED})
UNSETTLED = frozenset({S.PROPOSED, S.CONFIRMED, S.HELD})
TIME_TO_CONFIRM = timedelta(days=7)  # after a session's end; then the manager decides whether it took place
HIGHEST_RATING = 4

_DISPUTED = text("is_disputed IS 1"), text("is_disputed IS true")
OPEN = "{0}state IN ('proposed', 'confirmed', 'held') OR ({0}state = 'signed_off' AND {0}logged_at IS NULL)"
_OPEN = text(OPEN.format(""))


class Session(Recorded, Base):
    """A new hire accompanies a mentor, on one or two days. `starts_at` and `ends_at` span all its days."""

    __tablename__ = "onboarding_shadowing_session"
    __table_args__ = (
        CheckConstraint("person_id <> mentor_id", name="two_people"),
        CheckConstraint("starts_at < ends_at", name="instants_in_order"),
        CheckConstraint("(state = 'signed_off') = (signed_off_at IS NOT NULL)", name="signed_off_at_iff_signed_off"),
        CheckConstraint("(state = 'no_show') = (no_show IS NOT NULL)", name="no_show_says_who"),
        CheckConstraint("(stage_id IS NULL) = (participation_id IS NULL)", name="stage_of_a_participation"),
        Index("ix_onboarding_shadowing_session_person_id_state", "person_id", "state"),
        Index("ix_onboarding_shadowing_session_mentor_id_state", "mentor_id", "state"),
        Index("ix_onboarding_shadowing_session_disputed", "person_id", sqlite_where=_DISPUTED[0], postgresql_where=_DISPUTED[1]),
        Index("ix_onboarding_shadowing_session_unsettled", "ends_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
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
    participation_id: Mapped[int | None] = mapped_column(ForeignKey("onboarding_participation.id"), index=True, default=None)
    stage_id: Mapped[int | None] = mapped_column(ForeignKey("onboarding_programme_stage.id"), index=True, default=None)
    series_id: Mapped[UUID | None] = mapped_column(index=True, default=None)  # sessions scheduled together, week by week
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("onboarding_shadowing_session.id"), index=True, default=None)  # one called off
    person_accepted_at: Mapped[datetime | None] = mapped_column(default=None)
    mentor_accepted_at: Mapped[datetime | None] = mapped_column(default=None)
    no_show: Mapped[Side | None] = mapped_column(default=None)  # who did not come
    was_qualified: Mapped[bool | None] = mapped_column(default=None)  # whether the mentor held the programme's course on the day; None: not asked
    is_disputed: Mapped[bool] = mapped_column(default=False, server_default=false())  # the two saw it differently, and nobody has decided
    log_version: Mapped[int] = mapped_column(default=0, server_default="0")  # how often the observation log was kept
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    mentor: Mapped[Person] = relationship(lazy="raise", foreign_keys=[mentor_id])
    scheduled_by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[scheduled_by_id])
    stage: Mapped[ProgrammeStage | None] = relationship(lazy="raise")
    days: Mapped[list["SessionDay"]] = relationship(
        lazy="raise", back_populates="session", order_by="(SessionDay.starts_at, SessionDay.id)", cascade="all, delete-orphan"
    )
    observations: Mapped[list["Observation"]] = relationship(
        lazy="raise", back_populates="session", order_by="Observation.id", cascade="all, delete-orphan"
    )
    moves: Mapped[list["SessionMove"]] = relationship(lazy="raise", back_populates="session", order_by="(SessionMove.at, SessionMove.id)")

    @property
    def counts(self) -> bool:
        """Whether both said it took place, with a mentor who held what the programme asks: one of the sessions a task waits for."""
        return self.state is SessionState.SIGNED_OFF and self.logged_at is not None and self.was_qualified is not False


class SessionDay(Identified, Base):
    """One day of a session, with its booking in both calendars."""

    __tablename__ = "onboarding_shadowing_day"

    session_id: Mapped[int] = mapped_column(ForeignKey("onboarding_shadowing_session.id"), index=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("core_booking.id"), unique=True)
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]

    session: Mapped[Session] = relationship(lazy="raise", back_populates="days")
    booking: Mapped[Booking] = relationship(lazy="raise")


class Observation(Identified, Base):
    """What the new hire wrote about one objective of a session, what the mentor says to it, and who decided when they differed."""

    __tablename__ = "onboarding_observation"
    __table_args__ = (
        UniqueConstraint("session_id", "objective_id"),
        CheckConstraint(f"rating BETWEEN 1 AND {HIGHEST_RATING}", name="rating_in_range"),
        CheckConstraint("(decided_seen IS NULL) = (decided_by_id IS NULL)", name="decided_by_somebody"),
    )

    session_id: Mapped[int] = mapped_column(ForeignKey("onboarding_shadowing_session.id"), index=True)
    objective_id: Mapped[int] = mapped_column(ForeignKey("onboarding_objective.id"), index=True)
    seen: Mapped[bool | None] = mapped_column(default=None)
    happened: Mapped[str] = mapped_column(default="")
    learned: Mapped[str] = mapped_column(default="")
    question: Mapped[str] = mapped_column(default="")
    written_at: Mapped[datetime | None] = mapped_column(default=None)
    mentor_seen: Mapped[bool | None] = mapped_column(default=None)  # None: the mentor has nothing to say against it
    mentor_note: Mapped[str] = mapped_column(default="", server_default="")
    rating: Mapped[int | None] = mapped_column(default=None)  # by the mentor, where the new hire did the work
    decided_seen: Mapped[bool | None] = mapped_column(default=None)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decision_reason: Mapped[str] = mapped_column(default="", server_default="")

    session: Mapped[Session] = relationship(lazy="raise", back_populates="observations")
    objective: Mapped[Objective] = relationship(lazy="raise")
    decided_by: Mapped[Person | None] = relationship(lazy="raise")

    @property
    def differs(self) -> bool:
        """Whether new hire and mentor say different things and nobody has decided."""
        return self.decided_seen is None and None not in (self.seen, self.mentor_seen) and self.seen != self.mentor_seen

    @property
    def counts_as_seen(self) -> bool:
        """Whether it was seen: as decided, else as both say."""
        if self.decided_seen is not None:
            return self.decided_seen
        return bool(self.seen) and self.mentor_seen is not False


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
