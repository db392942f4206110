"""Tables of the catalogue: courses, their versions with modules, and who wrote and approved each version."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified, Recorded
from core.files.models import StoredFile
from core.people.models import Person
from core.workflow import Workflow
from training.catalogue.exam_rules import Counting as Counting
from training.catalogue.exam_rules import Shown as Shown
from training.catalogue.kinds import ChangeKind as ChangeKind
from training.catalogue.kinds import ModuleKind as ModuleKind
from training.catalogue.kinds import UnderWay as UnderWay
from training.items.models import Item
from training.sections.models import ExamSection


class CourseArea(StrEnum):
    """What a course is about."""

    PRODUCT = "product"
    COMPLIANCE = "compliance"
    CUSTOMER_SERVICE = "customer_service"
    ETHICS = "ethics"
    SALES = "sales"
    SECURITY = "security"
    SYSTEMS = "systems"


class CourseForm(StrEnum):
    """How a course is taught."""

    E_LEARNING = "e_learning"
    CLASSROOM = "classroom"
    WORKSHOP = "workshop"
    PRACTICAL = "practical"
    EXTERNAL = "external"


TAUGHT_IN_SESSIONS = frozenset({CourseForm.CLASSROOM, CourseForm.WORKSHOP})  # these may do without an exam


class VersionState(StrEnum):
    """Where a version of a course stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    REVIEWED = "reviewed"  # somebody who did not write it found nothing wrong
    APPROVED = "approved"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"


S = VersionState
WORKFLOW = Workflow(
    {
        S.DRAFT: {S.IN_REVIEW},
        S.IN_REVIEW: {S.REVIEWED, S.DRAFT},
        S.REVIEWED: {S.APPROVED, S.DRAFT},
        S.APPROVED: {S.IN_FORCE},
        S.IN_FORCE: {S.SUPERSEDED},
    }
)
UNDER_REVIEW = frozenset({S.IN_REVIEW, S.REVIEWED})
KEPT_FOR_EVER = frozenset({S.APPROVED, S.IN_FORCE, S.SUPERSEDED})  # nothing in them changes any more


class Course(Recorded, Base):
    """Something people learn. What they read and answer is in its versions."""

    __tablename__ = "training_course"
    __table_args__ = (
        CheckConstraint("duration_minutes > 0", name="duration_positive"),
        CheckConstraint("language IN ('en', 'pt_BR')", name="language_known"),
    )

    title: Mapped[str]
    code: Mapped[str] = mapped_column(unique=True)
    summary: Mapped[str] = mapped_column(default="")
    area: Mapped[CourseArea] = mapped_column(default=CourseArea.COMPLIANCE)
    form: Mapped[CourseForm] = mapped_column(default=CourseForm.E_LEARNING)
    duration_minutes: Mapped[int] = mapped_column(default=60)
    language: Mapped[str] = mapped_column(default="pt_BR")
    regulation: Mapped[str] = mapped_column(default="")  # its `clauses` in one line, as certificates say it
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)  # who answers for it
    archived_at: Mapped[datetime | None] = mapped_column(default=None)  # nobody begins it any more
    deleted_at: Mapped[datetime | None] = mapped_column(default=None)  # gone from every list; what was completed still shows it
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    versions: Mapped[list["CourseVersion"]] = relationship(lazy="raise", back_populates="course", order_by="CourseVersion.number")
    owner: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[owner_id])
    clauses: Mapped[list["CourseClause"]] = relationship(
        lazy="raise", back_populates="course", order_by="(CourseClause.position, CourseClause.id)", cascade="all, delete-orphan"
    )

    @property
    def is_offered(self) -> bool:
        """Whether people may begin it."""
        return self.archived_at is None and self.deleted_at is None

    @property
    def hours(self) -> Decimal:
        """How long it takes, in hours."""
        return (Decimal(self.duration_minutes) / 60).quantize(Decimal("0.1")).normalize()


class CourseClause(Identified, Base):
    """What a course answers to: a regulation by its name, and the article of it."""

    __tablename__ = "training_course_clause"
    __table_args__ = (UniqueConstraint("course_id", "regulation", "article"),)

    course_id: Mapped[int] = mapped_column(ForeignKey("training_course.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    regulation: Mapped[str] = mapped_column(index=True)
    article: Mapped[str] = mapped_column(default="")

    course: Mapped[Course] = relationship(lazy="raise", back_populates="clauses")


class CourseVersion(Recorded, Base):
    """The exact content, questions and pass mark of a course. Once approved by a second person nothing in it changes."""

    __tablename__ = "training_course_version"
    __table_args__ = (
        UniqueConstraint("course_id", "number"),
        CheckConstraint("pass_mark BETWEEN 1 AND 100", name="pass_mark_in_range"),
        CheckConstraint("minutes > 0", name="minutes_positive"),
        CheckConstraint("item_count > 0", name="item_count_positive"),
        CheckConstraint("attempts_allowed > 0", name="attempts_positive"),
        CheckConstraint("marks_may_differ >= 0", name="marks_may_differ_not_negative"),
        CheckConstraint("cool_down_hours >= 0", name="cool_down_not_negative"),
        CheckConstraint("penalty_percent BETWEEN 0 AND 100", name="penalty_in_range"),
        CheckConstraint("transition_days >= 0", name="transition_not_negative"),
        CheckConstraint("state NOT IN ('approved', 'in_force', 'superseded') OR approved_at IS NOT NULL", name="approved_by_somebody"),
        Index(
            "uq_training_course_version_writing",
            "course_id",
            unique=True,
            sqlite_where=text("state IN ('draft', 'in_review', 'reviewed')"),
            postgresql_where=text("state IN ('draft', 'in_review', 'reviewed')"),
        ),
    )

    course_id: Mapped[int] = mapped_column(ForeignKey("training_course.id"), index=True)
    number: Mapped[int]
    state: Mapped[VersionState] = mapped_column(default=S.DRAFT)
    what_changed: Mapped[str] = mapped_column(default="")  # and why
    change_kind: Mapped[ChangeKind] = mapped_column(default=ChangeKind.EDIT, server_default=ChangeKind.EDIT.value)
    transition_days: Mapped[int] = mapped_column(default=30, server_default="30")  # to finish an earlier version; of a revision, to complete this one
    under_way: Mapped[UnderWay] = mapped_column(default=UnderWay.FINISH, server_default=UnderWay.FINISH.value)
    pass_mark: Mapped[int] = mapped_column(default=80)  # percent
    minutes: Mapped[int] = mapped_column(default=30)
    item_count: Mapped[int] = mapped_column(default=8)  # items drawn for an attempt
    attempts_allowed: Mapped[int] = mapped_column(default=3)
    double_marking: Mapped[bool] = mapped_column(default=False, server_default=false())  # two people mark what is marked by hand
    marks_may_differ: Mapped[int] = mapped_column(default=1, server_default="1")  # points; beyond them the two marks of an answer are settled
    cool_down_hours: Mapped[int] = mapped_column(default=0)  # wait after a failed attempt
    partial_credit: Mapped[bool] = mapped_column(default=False)  # for items whose answer has parts
    penalty_percent: Mapped[int] = mapped_column(default=0, server_default="0")  # of an item's points, for a wrong answer
    counting: Mapped[Counting] = mapped_column(default=Counting.BEST, server_default=Counting.BEST.value)
    score_shown: Mapped[Shown] = mapped_column(default=Shown.AT_ONCE, server_default=Shown.AT_ONCE.value)
    correctness_shown: Mapped[Shown] = mapped_column(default=Shown.AT_ONCE, server_default=Shown.AT_ONCE.value)
    answers_shown: Mapped[Shown] = mapped_column(default=Shown.PASSED, server_default=Shown.PASSED.value)
    feedback_shown: Mapped[Shown] = mapped_column(default=Shown.PASSED, server_default=Shown.PASSED.value)
    honour_statement: Mapped[str] = mapped_column(default="", server_default="")  # what is confirmed before an attempt; empty: nothing
    logs_focus: Mapped[bool] = mapped_column(default=False, server_default=false())  # whether leaving the page is written down
    needs_attendance: Mapped[bool] = mapped_column(default=False, server_default=false())  # whether the exam opens to those who came to a session
    in_force_from: Mapped[date | None] = mapped_column(default=None)
    older_count_until: Mapped[date | None] = mapped_column(default=None)  # of a revision: the last day completions of earlier versions count
    submitted_at: Mapped[datetime | None] = mapped_column(default=None)
    approved_at: Mapped[datetime | None] = mapped_column(default=None)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    course: Mapped[Course] = relationship(lazy="raise", back_populates="versions")
    approved_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[approved_by_id])
    modules: Mapped[list["Module"]] = relationship(
        lazy="raise", back_populates="course_version", order_by="(Module.position, Module.id)", cascade="all, delete-orphan"
    )
    pictures: Mapped[list["ModulePicture"]] = relationship(
        lazy="raise", back_populates="course_version", order_by="ModulePicture.number", cascade="all, delete-orphan"
    )
    items: Mapped[list[Item]] = relationship(
        lazy="raise", back_populates="course_version", order_by="(Item.position, Item.id)", cascade="all, delete-orphan"
    )
    sections: Mapped[list[ExamSection]] = relationship(
        lazy="raise", back_populates="course_version", order_by="(ExamSection.position, ExamSection.id)", cascade="all, delete-orphan"
    )
    authors: Mapped[list["VersionAuthor"]] = relationship(
        lazy="raise", back_populates="course_version", order_by="VersionAuthor.id", cascade="all, delete-orphan"
    )

    @property
    def is_kept_for_ever(self) -> bool:
        """Whether its content may no longer change."""
        return self.state in KEPT_FOR_EVER


class VersionAuthor(Identified, Base):
    """Somebody who wrote in a version and so cannot be the one who approves it."""

    __tablename__ = "training_version_author"
    __table_args__ = (UniqueConstraint("version_id", "person_id"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("training_course_version.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)

    course_version: Mapped[CourseVersion] = relationship(lazy="raise", back_populates="authors")
    person: Mapped[Person] = relationship(lazy="raise")


class VersionMove(Identified, Base):
    """A line of a version's history."""

    __tablename__ = "training_version_move"

    version_id: Mapped[int] = mapped_column(ForeignKey("training_course_version.id"), index=True)
    from_state: Mapped[VersionState | None] = mapped_column(default=None)
    to_state: Mapped[VersionState]
    at: Mapped[datetime] = mapped_column(default=now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    reason: Mapped[str] = mapped_column(default="")

    by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[by_id])


class Module(Identified, Base):
    """A part of a version. `text` is what is read, a statement to confirm, or what stands beside a file or link, in Markdown."""

    __tablename__ = "training_module"
    __table_args__ = (
        CheckConstraint("minimum_seconds >= 0", name="minimum_not_negative"),
        CheckConstraint("(kind IN ('pdf', 'video')) = (file_id IS NOT NULL)", name="file_of_its_kind"),
        CheckConstraint("(kind = 'link') = (address <> '')", name="link_has_address"),
    )

    version_id: Mapped[int] = mapped_column(ForeignKey("training_course_version.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[ModuleKind] = mapped_column(default=ModuleKind.TEXT, server_default=ModuleKind.TEXT.value)
    title: Mapped[str]
    text: Mapped[str]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("core_file.id"), index=True, default=None)
    address: Mapped[str] = mapped_column(default="", server_default="")
    minimum_seconds: Mapped[int] = mapped_column(default=0, server_default="0")  # to spend with it before saying that one has read it

    course_version: Mapped[CourseVersion] = relationship(lazy="raise", back_populates="modules")
    file: Mapped[StoredFile | None] = relationship(lazy="raise")


class ModulePicture(Identified, Base):
    """A picture that texts of a version show as `image:<number>`, with what it says to who cannot see it."""

    __tablename__ = "training_module_picture"
    __table_args__ = (UniqueConstraint("version_id", "number"), CheckConstraint("alternative <> ''", name="alternative_given"))

    version_id: Mapped[int] = mapped_column(ForeignKey("training_course_version.id"), index=True)
    number: Mapped[int]
    alternative: Mapped[str]
    file_id: Mapped[int] = mapped_column(ForeignKey("core_file.id"), index=True)

    course_version: Mapped[CourseVersion] = relationship(lazy="raise", back_populates="pictures")
    file: Mapped[StoredFile] = relationship(lazy="raise")
