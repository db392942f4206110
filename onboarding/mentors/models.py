"""Tables of mentors: what experienced colleagues can show, where, in which languages, and how often."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, Identified, Recorded
from core.people.models import Location, Person
from onboarding.programmes.objectives import Objective

MOST_A_WEEK = 20


class Mentor(Recorded, Base):
    """Somebody who shows new colleagues their work. While a pause lasts they are asked for nothing; `paused_until` is its last day."""

    __tablename__ = "onboarding_mentor"
    __table_args__ = (
        CheckConstraint(f"weekly_sessions BETWEEN 1 AND {MOST_A_WEEK}", name="weekly_sessions_in_range"),
        CheckConstraint("paused_until IS NULL OR paused_until >= paused_from", name="pause_in_order"),
        CheckConstraint("paused_until IS NULL OR paused_from IS NOT NULL", name="pause_has_a_beginning"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), unique=True)
    about: Mapped[str] = mapped_column(default="")
    languages: Mapped[list[str]] = mapped_column(default=list)
    is_remote: Mapped[bool] = mapped_column(default=True)  # shares their screen
    weekly_sessions: Mapped[int] = mapped_column(default=2)
    paused_from: Mapped[date | None] = mapped_column(default=None)
    paused_until: Mapped[date | None] = mapped_column(default=None)
    pause_reason: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    person: Mapped[Person] = relationship(lazy="raise")
    skills: Mapped[list["MentorSkill"]] = relationship(lazy="raise", back_populates="mentor", order_by="MentorSkill.id", cascade="all, delete-orphan")
    places: Mapped[list["MentorPlace"]] = relationship(lazy="raise", back_populates="mentor", order_by="MentorPlace.id", cascade="all, delete-orphan")
    absences: Mapped[list["MentorAbsence"]] = relationship(
        lazy="raise", back_populates="mentor", order_by="MentorAbsence.starts_on", cascade="all, delete-orphan"
    )

    def pauses_on(self, day: date) -> bool:
        """Whether the mentor pauses on the day."""
        return self.paused_from is not None and self.paused_from <= day and (self.paused_until is None or day <= self.paused_until)


class MentorSkill(Identified, Base):
    """An objective the mentor can show."""

    __tablename__ = "onboarding_mentor_skill"
    __table_args__ = (UniqueConstraint("mentor_id", "objective_id"),)

    mentor_id: Mapped[int] = mapped_column(ForeignKey("onboarding_mentor.id"))
    objective_id: Mapped[int] = mapped_column(ForeignKey("onboarding_objective.id"), index=True)

    mentor: Mapped[Mentor] = relationship(lazy="raise", back_populates="skills")
    objective: Mapped[Objective] = relationship(lazy="raise")


class MentorPlace(Identified, Base):
    """A place at which the mentor can be accompanied."""

    __tablename__ = "onboarding_mentor_place"
    __table_args__ = (UniqueConstraint("mentor_id", "location_id"),)

    mentor_id: Mapped[int] = mapped_column(ForeignKey("onboarding_mentor.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("core_location.id"), index=True)

    mentor: Mapped[Mentor] = relationship(lazy="raise", back_populates="places")
    location: Mapped[Location] = relationship(lazy="raise")


class MentorAbsence(Identified, Base):
    """Days off, the last one included."""

    __tablename__ = "onboarding_mentor_absence"
    __table_args__ = (CheckConstraint("starts_on <= ends_on", name="days_in_order"),)

    mentor_id: Mapped[int] = mapped_column(ForeignKey("onboarding_mentor.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]

    mentor: Mapped[Mentor] = relationship(lazy="raise", back_populates="absences")
