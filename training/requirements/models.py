"""Tables of requirements: rules, what they assign to whom, and what people have completed."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.groups.models import Tag
from core.people.models import EmploymentType, JobRole, Person
from training.catalogue.models import Course, CourseVersion
from training.compliance.audience import Match
from training.compliance.expiry import Recurrence
from training.compliance.terms import Combination, DueFrom, VersionPolicy


class Rule(Identified, Base):
    """Who must hold which course, by when, for how long, and why. Never overwritten.

    A change closes the row (`effective_to`, the last day, learnt at `closed_at`) and opens the next one of the same
    `lineage`, so that both what held on a day and what was believed on a day can be told.
    """

    __tablename__ = "training_rule"
    __table_args__ = (
        CheckConstraint("due_days >= 0", name="due_days_not_negative"),
        CheckConstraint("valid_months IS NULL OR valid_months > 0", name="valid_months_positive"),
        CheckConstraint("window_days >= 0", name="window_not_negative"),
        CheckConstraint("grace_days >= 0", name="grace_not_negative"),
        CheckConstraint("(recurrence = 'calendar') = (calendar_from IS NOT NULL)", name="calendar_has_a_beginning"),
        CheckConstraint("recurrence = 'completion' OR valid_months IS NOT NULL", name="rhythm_has_months"),
        CheckConstraint("effective_to IS NULL OR effective_to >= effective_from", name="days_in_order"),
        CheckConstraint("(due_from = 'fixed_day') = (fixed_due_on IS NOT NULL)", name="fixed_day_is_given"),
        CheckConstraint("combines = 'course' OR title <> ''", name="several_have_a_title"),
        UniqueConstraint("lineage", "revision"),
    )

    lineage: Mapped[UUID] = mapped_column(default=uuid4, index=True)
    revision: Mapped[int] = mapped_column(default=1)
    number: Mapped[int] = mapped_column(index=True)  # how people call it; the same through all revisions
    job_role_id: Mapped[int | None] = mapped_column(ForeignKey("core_job_role.id"), index=True)  # None: by its conditions, or without any everybody
    course_id: Mapped[int] = mapped_column(ForeignKey("training_course.id"), index=True)
    due_days: Mapped[int] = mapped_column(default=30)  # after the start in the role, or of the rule
    valid_months: Mapped[int | None] = mapped_column(default=None)  # None: once is for good
    window_days: Mapped[int] = mapped_column(default=30)  # before expiry, in which renewing loses no validity
    grace_days: Mapped[int] = mapped_column(default=0)  # after the due day or expiry, in which nobody counts as overdue
    recurrence: Mapped[Recurrence] = mapped_column(default=Recurrence.COMPLETION)
    calendar_from: Mapped[date | None] = mapped_column(default=None)  # the first day of the first calendar period
    title: Mapped[str] = mapped_column(default="")  # of several courses; one speaks for itself
    combines: Mapped[Combination] = mapped_column(default=Combination.COURSE)
    due_from: Mapped[DueFrom] = mapped_column(default=DueFrom.AUDIENCE)
    fixed_due_on: Mapped[date | None] = mapped_column(default=None)
    minimum_notice_days: Mapped[int | None] = mapped_column(default=None)  # None: somebody may be late from the first day on
    opens_days: Mapped[int | None] = mapped_column(default=None)  # before it is due; None: at once
    access_days: Mapped[int | None] = mapped_column(default=None)  # after grace; None: it can be done for ever
    look_back_days: Mapped[int | None] = mapped_column(default=None)  # None: all that is still valid counts
    version_policy: Mapped[VersionPolicy] = mapped_column(default=VersionPolicy.ANY)
    version_days: Mapped[int] = mapped_column(default=30)
    stricter_counts: Mapped[bool] = mapped_column(default=False)  # decided where it asks the same people for the same with other validity
    source: Mapped[str] = mapped_column(default="")  # regulation and clause, as one text
    regulation: Mapped[str] = mapped_column(default="", index=True)
    clause: Mapped[str] = mapped_column(default="")
    effective_from: Mapped[date]
    effective_to: Mapped[date | None] = mapped_column(default=None)
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)  # when the end was written down
    reason: Mapped[str] = mapped_column(default="")  # why this revision was written
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    course: Mapped[Course] = relationship(lazy="raise")
    job_role: Mapped[JobRole | None] = relationship(lazy="raise")
    recorded_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[recorded_by_id])
    conditions: Mapped[list["RuleCondition"]] = relationship(lazy="raise", order_by="RuleCondition.id")
    courses: Mapped[list["RuleCourse"]] = relationship(lazy="raise", order_by="RuleCourse.position")


class RuleCourse(Identified, Base):
    """A further course of a rule that names several, after its first."""

    __tablename__ = "training_rule_course"
    __table_args__ = (UniqueConstraint("rule_id", "course_id"), UniqueConstraint("rule_id", "position"))

    rule_id: Mapped[int] = mapped_column(ForeignKey("training_rule.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("training_course.id"), index=True)
    position: Mapped[int]

    course: Mapped[Course] = relationship(lazy="raise")


class RuleCondition(Identified, Base):
    """One condition of whom a rule asks, with how it joins the others. A rule of one job role, or of everybody, has none."""

    __tablename__ = "training_rule_condition"
    __table_args__ = (
        CheckConstraint(
            "CASE WHEN job_role_id IS NULL THEN 0 ELSE 1 END + CASE WHEN department_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN location_id IS NULL THEN 0 ELSE 1 END + CASE WHEN employment_type IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN tag_id IS NULL THEN 0 ELSE 1 END = 1",
            name="one_value",
        ),
        CheckConstraint("department_id IS NOT NULL OR NOT with_below", name="only_departments_have_some_below"),
    )

    rule_id: Mapped[int] = mapped_column(ForeignKey("training_rule.id"), index=True)
    joins: Mapped[Match]
    job_role_id: Mapped[int | None] = mapped_column(ForeignKey("core_job_role.id"), index=True, default=None)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("core_department.id"), index=True, default=None)
    with_below: Mapped[bool] = mapped_column(default=False)  # the department and all that stand below it
    location_id: Mapped[int | None] = mapped_column(ForeignKey("core_location.id"), index=True, default=None)
    employment_type: Mapped[EmploymentType | None] = mapped_column(default=None)
    tag_id: Mapped[int | None] = mapped_column(ForeignKey("core_tag.id"), index=True, default=None)

    tag: Mapped[Tag | None] = relationship(lazy="raise")


class DerivationRound(Identified, Base):
    """A round through everybody after a rule changed: how far it has come."""

    __tablename__ = "training_derivation_round"

    rule_id: Mapped[int] = mapped_column(ForeignKey("training_rule.id"), index=True)
    chain: Mapped[str]
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    last_person_id: Mapped[int] = mapped_column(default=0)  # the greatest key that was done
    by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    started_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)


class Assignment(Identified, Base):
    """What a rule asks of a person once: the first time, or again because validity ends. Derived from facts, one per cycle."""

    __tablename__ = "training_assignment"
    __table_args__ = (
        UniqueConstraint("person_id", "chain", "cycle"),
        Index("ix_training_assignment_due_on", "due_on"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("training_rule.id"), index=True)  # the revision that asked last
    lineage: Mapped[UUID]  # of the rule: its revisions never make a second chain
    chain: Mapped[str]  # what is asked: rules that ask the same of a person share its cycles
    cycle: Mapped[int] = mapped_column(default=1)
    available_on: Mapped[date]
    due_on: Mapped[date]
    met_on: Mapped[date | None] = mapped_column(default=None)  # when it was done
    ended_on: Mapped[date | None] = mapped_column(default=None)  # last day on which it was asked, after a move or the rule's end
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person] = relationship(lazy="raise")
    rule: Mapped[Rule] = relationship(lazy="raise")


class CompletionSource(StrEnum):
    """How a completion came about."""

    EXAM = "exam"
    RECORDED = "recorded"  # written down by staff, with evidence
    EXTERNAL = "external"  # taken in from a file of results from elsewhere
    PRACTICAL = "practical"  # a practical assessment was passed
    ATTENDANCE = "attendance"  # came to a session of a course without an exam


class Completion(Identified, Base):
    """A person completed a course on a day, where they were. Corrected by a row that supersedes it, never edited."""

    __tablename__ = "training_completion"
    __table_args__ = (
        CheckConstraint("valid_until IS NULL OR valid_until >= completed_on", name="days_in_order"),
        Index("ix_training_completion_person_id_course_id", "person_id", "course_id"),
        Index(
            "uq_training_completion_attempt",
            "attempt_id",
            unique=True,
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("training_course.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("training_course_version.id"), index=True)
    completed_on: Mapped[date]
    valid_until: Mapped[date | None] = mapped_column(default=None)  # last valid day, as the certificate says
    source: Mapped[CompletionSource] = mapped_column(default=CompletionSource.EXAM)
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("training_attempt.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    superseded_at: Mapped[datetime | None] = mapped_column(default=None)
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("training_completion.id"), index=True, default=None)

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    course: Mapped[Course] = relationship(lazy="raise")
    course_version: Mapped[CourseVersion] = relationship(lazy="raise")
