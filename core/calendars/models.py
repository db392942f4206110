"""Bookings of people and rooms, and the table in which no two of them can overlap."""

from datetime import datetime, time
from enum import StrEnum
from uuid import UUID

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified, Recorded
from core.people.models import Location, Person
from core.workflow import Workflow


class BookingKind(StrEnum):
    """What people meet for; a block is time a person keeps free and invites nobody."""

    INTERVIEW = "interview"
    SHADOWING = "shadowing"
    SESSION = "session"
    MEETING = "meeting"
    BLOCK = "block"


class BookingState(StrEnum):
    """Whether a booking stands."""

    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class Answer(StrEnum):
    """What an attendee has said to an invitation, in iCalendar's words."""

    NEEDS_ACTION = "needs_action"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"


BOOKING_WORKFLOW = Workflow({BookingState.CONFIRMED: {BookingState.CANCELLED}})


class Room(Identified, Base):
    """A room that can be booked, in one place of work."""

    __tablename__ = "core_room"
    __table_args__ = (UniqueConstraint("location_id", "name"), CheckConstraint("capacity > 0", name="capacity_positive"))

    name: Mapped[str]
    location_id: Mapped[int] = mapped_column(ForeignKey("core_location.id"), index=True)
    capacity: Mapped[int] = mapped_column(default=4)

    location: Mapped[Location] = relationship(lazy="raise")


class Booking(Recorded, Base):
    """People who meet, from one instant until just before another; `description` and `note` are read by every attendee."""

    __tablename__ = "core_booking"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="times_in_order"),
        CheckConstraint("sequence >= 0", name="sequence_counts_up"),
        Index("ix_core_booking_times", "starts_at", "ends_at"),
    )

    kind: Mapped[BookingKind]
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    time_zone: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    meeting_url: Mapped[str] = mapped_column(default="")
    organiser_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("core_room.id"), index=True)
    subject_id: Mapped[UUID | None] = mapped_column(index=True)  # public id of what the booking is for
    sequence: Mapped[int] = mapped_column(default=0)  # iCalendar SEQUENCE: which telling of the event counts
    state: Mapped[BookingState] = mapped_column(default=BookingState.CONFIRMED)
    cancelled_at: Mapped[datetime | None] = mapped_column(default=None)
    cancel_reason: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column()

    organiser: Mapped[Person] = relationship(lazy="raise")
    room: Mapped[Room | None] = relationship(lazy="raise")
    attendees: Mapped[list["BookingAttendee"]] = relationship(
        lazy="raise",
        back_populates="booking",
        primaryjoin="and_(BookingAttendee.booking_id == Booking.id, BookingAttendee.removed_at.is_(None))",
        order_by="BookingAttendee.id",
    )

    __mapper_args__ = {"version_id_col": version}


class BookingAttendee(Identified, Base):
    """Someone invited. Who is optional is told of the booking, but it neither takes their time nor waits for it."""

    __tablename__ = "core_booking_attendee"
    __table_args__ = (UniqueConstraint("booking_id", "person_id"),)

    booking_id: Mapped[int] = mapped_column(ForeignKey("core_booking.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    optional: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")  # lines for this attendee's mails only
    answer: Mapped[Answer] = mapped_column(default=Answer.NEEDS_ACTION)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)

    booking: Mapped[Booking] = relationship(lazy="raise", back_populates="attendees")
    person: Mapped[Person] = relationship(lazy="raise")


class Occupancy(Base):
    """Time of one person or one room that a booking has taken; the database refuses two that overlap."""

    __tablename__ = "core_occupancy"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (room_id IS NULL)", name="one_resource"),
        CheckConstraint("ends_at > starts_at", name="times_in_order"),
        Index("ix_core_occupancy_person_times", "person_id", "starts_at", "ends_at"),
        Index("ix_core_occupancy_room_times", "room_id", "starts_at", "ends_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("core_booking.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("core_room.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class CalendarFeed(Identified, Base):
    """A person's private calendar address. Only a hash of its token is kept; a new one replaces it."""

    __tablename__ = "core_calendar_feed"

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), unique=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person] = relationship(lazy="raise")


class MeetingHours(Identified, Base):
    """When a person can be asked to meet, by their own clock: hours, weekdays (Monday is 0), room between conversations, and how many a day."""

    __tablename__ = "core_meeting_hours"
    __table_args__ = (
        CheckConstraint("closes > opens", name="hours_in_order"),
        CheckConstraint("buffer_minutes >= 0", name="buffer_not_negative"),
        CheckConstraint("daily_cap > 0", name="cap_positive"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), unique=True)
    opens: Mapped[time]
    closes: Mapped[time]
    weekdays: Mapped[list[int]]
    buffer_minutes: Mapped[int]
    daily_cap: Mapped[int]
    version: Mapped[int] = mapped_column()

    person: Mapped[Person] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}


# A range of one integer overlaps itself only, so that plain GiST does what would otherwise need the btree_gist extension
# (and a superuser to install it). Ranges of time are half open: what ends at ten and what begins at ten do not overlap.
POSTGRESQL_GUARDS = [
    f"ALTER TABLE core_occupancy ADD CONSTRAINT ex_core_occupancy_{resource} "
    f"EXCLUDE USING gist (int8range({resource}_id, {resource}_id, '[]') WITH &&, tstzrange(starts_at, ends_at, '[)') WITH &&) "
    f"WHERE ({resource}_id IS NOT NULL)"
    for resource in ("person", "room")
]
SQLITE_GUARDS = [
    f"CREATE TRIGGER core_occupancy_no_overlap_{verb.lower()} BEFORE {verb} ON core_occupancy "
    "WHEN EXISTS (SELECT 1 FROM core_occupancy AS other WHERE (other.person_id = NEW.person_id OR other.room_id = NEW.room_id) "
    f"AND other.starts_at < NEW.ends_at AND other.ends_at > NEW.starts_at{besides}) "
    "BEGIN SELECT RAISE(ABORT, 'core_occupancy overlaps'); END"
    for verb, besides in (("INSERT", ""), ("UPDATE", " AND other.id <> OLD.id"))
]

for statement in POSTGRESQL_GUARDS:
    # DDL() formats its text with %, of which there is none here
    event.listen(Occupancy.__table__, "after_create", DDL(statement).execute_if(dialect="postgresql"))
for statement in SQLITE_GUARDS:
    event.listen(Occupancy.__table__, "after_create", DDL(statement).execute_if(dialect="sqlite"))
