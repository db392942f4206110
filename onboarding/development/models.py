"""Tables of development: what a role asks for, what a person can do, what they do about the difference, and the ladder of roles."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified, Recorded
from core.people.models import JobRole, Person
from onboarding.goals.models import Goal
from onboarding.reviews.models import Side


class MeansKind(StrEnum):
    """By what somebody develops."""

    COURSE = "course"
    SHADOWING = "shadowing"
    GOAL = "goal"
    OTHER = "other"


class Competency(Identified, Base):
    """Something a role needs people to be able to do."""

    __tablename__ = "onboarding_competency"

    name: Mapped[str] = mapped_column(unique=True)
    hint: Mapped[str] = mapped_column(default="")


class ExpectedLevel(Identified, Base):
    """What level of a competency a role asks for."""

    __tablename__ = "onboarding_expected_level"
    __table_args__ = (UniqueConstraint("job_role_id", "competency_id"), CheckConstraint("level BETWEEN 1 AND 5", name="level_in_range"))

    job_role_id: Mapped[int] = mapped_column(ForeignKey("core_job_role.id"), index=True)
    competency_id: Mapped[int] = mapped_column(ForeignKey("onboarding_competency.id"), index=True)
    level: Mapped[int]

    competency: Mapped[Competency] = relationship(lazy="raise")


class AssessedLevel(Identified, Base):
    """What level one side saw at an instant. Rows are never changed: the newest of each side counts."""

    __tablename__ = "onboarding_assessed_level"
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 5", name="level_in_range"),
        Index("ix_onboarding_assessed_level_person_id_competency_id", "person_id", "competency_id"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    competency_id: Mapped[int] = mapped_column(ForeignKey("onboarding_competency.id"), index=True)
    side: Mapped[Side]
    level: Mapped[int]
    assessed_at: Mapped[datetime] = mapped_column(default=now)
    assessed_by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)


class DevelopmentAction(Recorded, Base):
    """What somebody does to develop. A course is done when training says so, everything else when it is said."""

    __tablename__ = "onboarding_development_action"
    __table_args__ = (
        CheckConstraint("(kind = 'course') = (course_id IS NOT NULL)", name="course_iff_course"),
        CheckConstraint("(kind = 'goal') = (goal_id IS NOT NULL)", name="goal_iff_goal"),
        CheckConstraint("title <> ''", name="title_given"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    competency_id: Mapped[int | None] = mapped_column(ForeignKey("onboarding_competency.id"), index=True, default=None)
    kind: Mapped[MeansKind]
    title: Mapped[str]
    course_id: Mapped[int | None] = mapped_column(ForeignKey("training_course.id"), index=True, default=None)
    goal_id: Mapped[int | None] = mapped_column(ForeignKey("onboarding_goal.id"), index=True, default=None)
    due_on: Mapped[date]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    done_at: Mapped[datetime | None] = mapped_column(default=None)

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    competency: Mapped[Competency | None] = relationship(lazy="raise")
    goal: Mapped[Goal | None] = relationship(lazy="raise")


class Rung(Identified, Base):
    """A step of the career ladder, from the lowest up."""

    __tablename__ = "onboarding_rung"

    job_role_id: Mapped[int] = mapped_column(ForeignKey("core_job_role.id"), unique=True)
    position: Mapped[int] = mapped_column(unique=True)

    job_role: Mapped[JobRole] = relationship(lazy="raise")
