"""Tables of equivalences: kinds of certificates from elsewhere, the courses each stands for, and what people handed in."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.files.models import StoredFile
from core.people.models import Person
from core.workflow import Workflow
from training.catalogue.models import Course, CourseVersion


class Validity(StrEnum):
    """How long a certificate of a kind is valid."""

    STATED = "stated"  # as it says itself
    MONTHS = "months"  # so many from the day of issue, or less if it says less
    FOREVER = "forever"


class EquivalenceKind(Identified, Base):
    """A certificate somebody else issues, such as CFP or CPA-20, with the terms on which it is accepted."""

    __tablename__ = "training_equivalence_kind"
    __table_args__ = (
        CheckConstraint("(validity = 'months') = (months IS NOT NULL)", name="months_iff_counted"),
        CheckConstraint("months IS NULL OR months > 0", name="months_positive"),
        CheckConstraint("months_without IS NULL OR (needs_employment AND months_without > 0)", name="months_without_positive"),
    )

    name: Mapped[str] = mapped_column(unique=True)
    issuer: Mapped[str]
    validity: Mapped[Validity] = mapped_column(default=Validity.STATED)
    months: Mapped[int | None] = mapped_column(default=None)
    needs_employment: Mapped[bool] = mapped_column(default=False)  # it counts while the employment goes on in which it was held
    months_without: Mapped[int | None] = mapped_column(default=None)  # from issue, for who left in between; None: it ends with the employment
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    courses: Mapped[list["EquivalentCourse"]] = relationship(lazy="raise", back_populates="kind", order_by="EquivalentCourse.id")


class EquivalentCourse(Identified, Base):
    """A course that a kind of certificate stands for, from a day on. Whether it also does for a new version is asked, not assumed."""

    __tablename__ = "training_equivalent_course"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (ends_on IS NULL)", name="ended_with_a_day"),
        Index(
            "uq_training_equivalent_course_standing",
            "kind_id",
            "course_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    kind_id: Mapped[int] = mapped_column(ForeignKey("training_equivalence_kind.id"), index=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("training_course.id"), index=True)
    valid_from: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    version_id: Mapped[int | None] = mapped_column(ForeignKey("training_course_version.id"), index=True)  # the latest it was said to stand for
    confirmed_at: Mapped[datetime] = mapped_column(default=now)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    ends_on: Mapped[date | None] = mapped_column(default=None)  # the last day on which it stands for the course
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)

    kind: Mapped[EquivalenceKind] = relationship(lazy="raise", back_populates="courses")
    course: Mapped[Course] = relationship(lazy="raise")
    course_version: Mapped[CourseVersion | None] = relationship(lazy="raise")


class EquivalenceState(StrEnum):
    """Where a certificate from elsewhere stands."""

    HANDED_IN = "handed_in"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"  # accepted, and then found not to hold
    CORRECTED = "corrected"  # another row says what it should have said


S = EquivalenceState
WORKFLOW = Workflow({S.HANDED_IN: {S.ACCEPTED, S.REFUSED, S.WITHDRAWN}, S.ACCEPTED: {S.REVOKED, S.CORRECTED}})


class Equivalence(Identified, Base):
    """A certificate from elsewhere that a person handed in. It counts from its acceptance by a second person; a correction supersedes it."""

    __tablename__ = "training_equivalence"
    __table_args__ = (
        CheckConstraint("stated_until IS NULL OR stated_until >= issued_on", name="days_in_order"),
        CheckConstraint("(approved_at IS NULL) = (approved_by_id IS NULL)", name="approved_by_somebody"),
        CheckConstraint("state NOT IN ('accepted', 'revoked', 'corrected') OR approved_at IS NOT NULL", name="approved_at_iff_accepted"),
        CheckConstraint("approved_by_id IS NULL OR (approved_by_id <> handed_in_by_id AND approved_by_id <> person_id)", name="second_person"),
        CheckConstraint("(superseded_at IS NOT NULL) = (state IN ('revoked', 'corrected'))", name="superseded_iff_over"),
        Index("ix_training_equivalence_state_recorded_at", "state", "recorded_at"),
        Index(
            "uq_training_equivalence_accepted",
            "kind_id",
            "number",
            unique=True,
            sqlite_where=text("state = 'accepted'"),
            postgresql_where=text("state = 'accepted'"),
        ),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("training_equivalence_kind.id"), index=True)
    number: Mapped[str]  # as the certificate says, in capitals and without spaces
    issued_on: Mapped[date]
    stated_until: Mapped[date | None] = mapped_column(default=None)
    file_id: Mapped[int] = mapped_column(ForeignKey("core_file.id"), index=True)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("training_equivalence.id"), index=True, default=None)
    state: Mapped[EquivalenceState] = mapped_column(default=S.HANDED_IN)
    handed_in_by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    approved_at: Mapped[datetime | None] = mapped_column(default=None)
    counts_until: Mapped[date | None] = mapped_column(default=None)  # by the terms at its acceptance; None: for good
    needs_employment: Mapped[bool] = mapped_column(default=False)
    without_until: Mapped[date | None] = mapped_column(default=None)  # for who left in between
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)  # who refused or revoked it
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    answer: Mapped[str] = mapped_column(default="")  # why it was refused or revoked
    superseded_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    kind: Mapped[EquivalenceKind] = relationship(lazy="raise")
    file: Mapped[StoredFile] = relationship(lazy="raise")
    handed_in_by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[handed_in_by_id])
    approved_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[approved_by_id])
    closed_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[closed_by_id])
