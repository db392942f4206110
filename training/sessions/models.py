"""Tables of taught sessions: a date with a trainer, and who has a seat or waits for one."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.calendars.models import Booking
from core.clock import now
from core.db import Base, Identified, Recorded
from core.people.models import Person
from core.workflow import Workflow
from training.catalogue.models import Course
from training.requirements.models import Completion


class CourseSessionState(StrEnum):
    """Where a session stands."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class SeatState(StrEnum):
    """Where somebody stands with a session."""

    ENROLLED = "enrolled"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"
    ATTENDED = "attended"
    NO_SHOW = "no_show"


class SeatOrigin(StrEnum):
    """How somebody came to a seat."""

    ASKED = "asked"  # by themselves
    GIVEN = "given"  # by their manager or by who keeps the list
    RULE = "rule"  # because a rule asks them for the course


S, T = CourseSessionState, SeatState
WORKFLOW = Workflow({S.PLANNED: {S.HELD, S.CANCELLED}})
SEAT_WORKFLOW = Workflow(
    {
        T.ENROLLED: {T.WITHDRAWN, T.ATTENDED, T.NO_SHOW},
        T.WAITING: {T.ENROLLED, T.WITHDRAWN, T.ATTENDED},  # who waited, came all the same and was let in
        T.WITHDRAWN: {T.ENROLLED, T.WAITING, T.ATTENDED},
        T.ATTENDED: {T.NO_SHOW},
        T.NO_SHOW: {T.ATTENDED},
    }
)
FEEDBACK_OPEN_FOR = timedelta(days=14)  # after the end; only then is any of it shown
TAKING_A_SEAT = frozenset({T.ENROLLED, T.ATTENDED, T.NO_SHOW})


class CourseSession(Recorded, Base):
    """A course taught at a time by a trainer, whose calendar and room are taken by the booking."""

    __tablename__ = "training_session"
    __table_args__ = (
        CheckConstraint("capacity > 0", name="capacity_positive"),
        CheckConstraint("starts_at < ends_at", name="instants_in_order"),
        CheckConstraint("(state = 'held') = (held_at IS NOT NULL)", name="held_at_iff_held"),
        CheckConstraint("cost_cents IS NULL OR cost_cents >= 0", name="cost_not_negative"),
        CheckConstraint("(cost_cents IS NULL) = (currency IS NULL)", name="cost_with_currency"),
        Index("ix_training_session_state_ends_at", "state", "ends_at"),
    )

    course_id: Mapped[int] = mapped_column(ForeignKey("training_course.id"), index=True)
    trainer_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("core_booking.id"), unique=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    time_zone: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    meeting_url: Mapped[str] = mapped_column(default="")
    capacity: Mapped[int]
    state: Mapped[CourseSessionState] = mapped_column(default=S.PLANNED)
    reason: Mapped[str] = mapped_column(default="")  # why it was cancelled
    held_at: Mapped[datetime | None] = mapped_column(default=None)
    fills_from_rules: Mapped[bool] = mapped_column(default=False, server_default=false())  # whom rules ask for the course get the free seats
    cost_cents: Mapped[int | None] = mapped_column(default=None)  # of room, trainer and material together
    currency: Mapped[str | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    course: Mapped[Course] = relationship(lazy="raise")
    trainer: Mapped[Person] = relationship(lazy="raise", foreign_keys=[trainer_id])
    booking: Mapped[Booking] = relationship(lazy="raise")


class Seat(Identified, Base):
    """Somebody's seat in a session, or their turn on its waiting list. An enrolled person's calendar holds a booking of their own."""

    __tablename__ = "training_seat"
    __table_args__ = (
        UniqueConstraint("session_id", "person_id"),
        CheckConstraint("state <> 'enrolled' OR booking_id IS NOT NULL", name="enrolled_is_booked"),
        Index("ix_training_seat_session_id_state_asked_at", "session_id", "state", "asked_at"),
    )

    session_id: Mapped[int] = mapped_column(ForeignKey("training_session.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    state: Mapped[SeatState]
    asked_at: Mapped[datetime] = mapped_column(default=now)  # the waiting list goes by it
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("core_booking.id"), unique=True, default=None)
    completion_id: Mapped[int | None] = mapped_column(ForeignKey("training_completion.id"), unique=True, default=None)
    origin: Mapped[SeatOrigin] = mapped_column(default=SeatOrigin.ASKED, server_default=SeatOrigin.ASKED.value)
    here_at: Mapped[datetime | None] = mapped_column(default=None)  # when the person read the code off the screen in the room
    has_told: Mapped[bool] = mapped_column(default=False, server_default=false())  # whether they have said how it was; what is kept apart

    person: Mapped[Person] = relationship(lazy="raise")
    booking: Mapped[Booking | None] = relationship(lazy="raise")
    completion: Mapped[Completion | None] = relationship(lazy="raise")


class SessionFeedback(Base):
    """What somebody who came thought of a session, without who: no number that counts up and no time would tell."""

    __tablename__ = "training_session_feedback"
    __table_args__ = (
        CheckConstraint("content BETWEEN 1 AND 5 AND teaching BETWEEN 1 AND 5 AND usefulness BETWEEN 1 AND 5", name="one_to_five"),
        {"sqlite_with_rowid": False},
    )

    key: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    session_id: Mapped[int] = mapped_column(ForeignKey("training_session.id"), index=True)
    content: Mapped[int]
    teaching: Mapped[int]
    usefulness: Mapped[int]
    comment: Mapped[str] = mapped_column(default="")
