"""Tables of postings: what is looked for, by whom, through which stages, and every step a posting took."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now, today
from core.db import Base, Identified, Recorded
from core.people.models import Department, EmploymentType, JobRole, Location, Person
from core.workflow import Workflow


class PostingState(StrEnum):
    """Where a posting stands."""

    DRAFT = "draft"
    IN_APPROVAL = "in_approval"
    APPROVED = "approved"
    OPEN = "open"
    PAUSED = "paused"
    FILLED = "filled"
    CLOSED = "closed"
    ARCHIVED = "archived"


S = PostingState
WORKFLOW = Workflow(
    {
        S.DRAFT: {S.IN_APPROVAL, S.ARCHIVED},
        S.IN_APPROVAL: {S.APPROVED, S.DRAFT},
        S.APPROVED: {S.OPEN, S.DRAFT, S.ARCHIVED},
        S.OPEN: {S.PAUSED, S.CLOSED, S.FILLED},
        S.PAUSED: {S.OPEN, S.CLOSED, S.FILLED},
        S.CLOSED: {S.OPEN, S.FILLED, S.ARCHIVED},
        S.FILLED: {S.ARCHIVED, S.PAUSED},
    }
)
_STANDING = text("requisition_id IS NOT NULL AND state <> 'archived'")  # a requisition has one posting at a time
WORDING_STATES = frozenset({S.APPROVED, S.OPEN, S.PAUSED})  # only wording and deadline may still change


class Workplace(StrEnum):
    """Where the work is done."""

    ON_SITE = "on_site"
    HYBRID = "hybrid"
    REMOTE = "remote"


class SalaryPeriod(StrEnum):
    """What the salary range is counted by."""

    MONTH = "month"
    YEAR = "year"
    HOUR = "hour"


class CriterionKind(StrEnum):
    """What a criterion asks about."""

    EXPERIENCE = "experience"
    EDUCATION = "education"
    CERTIFICATION = "certification"
    SKILL = "skill"
    SOFT_SKILL = "soft_skill"
    MISSION = "mission"  # interest in what the company is there for, judged by the answer on it


class QuestionKind(StrEnum):
    """How a question is answered."""

    SHORT = "short"
    LONG = "long"
    YES_NO = "yes_no"
    ONE_OF = "one_of"
    MANY_OF = "many_of"
    NUMBER = "number"
    DATE = "date"
    FILE = "file"


class StageKind(StrEnum):
    """What happens in a stage."""

    NEW = "new"
    SCREENING = "screening"
    INTERVIEW = "interview"
    OFFER = "offer"
    HIRED = "hired"


class Turn(StrEnum):
    """Who acts while an application stands in a stage."""

    RECRUITER = "recruiter"
    HIRING_MANAGER = "hiring_manager"
    INTERVIEWERS = "interviewers"
    CANDIDATE = "candidate"


class MemberPart(StrEnum):
    """What a person does for a posting."""

    RECRUITER = "recruiter"
    HIRING_MANAGER = "hiring_manager"
    INTERVIEWER = "interviewer"


class Posting(Recorded, Base):
    """A position the company wants to fill, as candidates read it."""

    __tablename__ = "hiring_posting"
    __table_args__ = (
        CheckConstraint("openings >= 1", name="openings_positive"),
        CheckConstraint("salary_from IS NULL OR salary_to IS NULL OR salary_from <= salary_to", name="salary_in_order"),
        CheckConstraint("language IN ('en', 'pt_BR')", name="language_known"),
        CheckConstraint("knock_out_days BETWEEN 1 AND 30", name="knock_out_days_in_range"),
        Index("ix_hiring_posting_state_opened_at", "state", "opened_at"),
        Index("uq_hiring_posting_requisition", "requisition_id", unique=True, sqlite_where=_STANDING, postgresql_where=_STANDING),
    )

    title: Mapped[str]
    slug: Mapped[str] = mapped_column(unique=True)
    job_role_id: Mapped[int] = mapped_column(ForeignKey("core_job_role.id"), index=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("core_department.id"), index=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("core_location.id"), index=True)
    employment_type: Mapped[EmploymentType] = mapped_column(default=EmploymentType.FULL_TIME)
    workplace: Mapped[Workplace] = mapped_column(default=Workplace.ON_SITE)
    summary: Mapped[str] = mapped_column(default="")
    responsibilities: Mapped[str] = mapped_column(default="")  # Markdown
    qualifications: Mapped[str] = mapped_column(default="")  # Markdown
    salary_from: Mapped[int | None] = mapped_column(default=None)  # minor units
    salary_to: Mapped[int | None] = mapped_column(default=None)
    currency: Mapped[str] = mapped_column(default="BRL")
    salary_period: Mapped[SalaryPeriod] = mapped_column(default=SalaryPeriod.MONTH)
    openings: Mapped[int] = mapped_column(default=1)
    screeners: Mapped[int] = mapped_column(default=1, server_default="1")  # how many people mark each application
    closes_on: Mapped[date | None] = mapped_column(default=None)  # last day, where the work is
    language: Mapped[str] = mapped_column(default="pt_BR")
    recruiter_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    hiring_manager_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    requisition_id: Mapped[int | None] = mapped_column(ForeignKey("hiring_requisition.id"), index=True, default=None)
    state: Mapped[PostingState] = mapped_column(default=S.DRAFT)
    opened_at: Mapped[datetime | None] = mapped_column(default=None)  # the first time it went public
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    declines_knock_outs: Mapped[bool] = mapped_column(default=False, server_default=false())  # by itself, with a letter days later
    knock_out_days: Mapped[int] = mapped_column(default=2, server_default="2")  # until that letter goes out
    changed_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    job_role: Mapped[JobRole] = relationship(lazy="raise")
    department: Mapped[Department] = relationship(lazy="raise")
    location: Mapped[Location] = relationship(lazy="raise")
    recruiter: Mapped[Person] = relationship(lazy="raise", foreign_keys=[recruiter_id])
    hiring_manager: Mapped[Person] = relationship(lazy="raise", foreign_keys=[hiring_manager_id])
    criteria: Mapped[list["Criterion"]] = relationship(
        lazy="raise", back_populates="posting", order_by="(Criterion.position, Criterion.id)", cascade="all, delete-orphan"
    )
    questions: Mapped[list["Question"]] = relationship(
        lazy="raise", back_populates="posting", order_by="(Question.position, Question.id)", cascade="all, delete-orphan"
    )
    stages: Mapped[list["Stage"]] = relationship(
        lazy="raise",
        back_populates="posting",
        primaryjoin="and_(Posting.id == Stage.posting_id, Stage.removed_at.is_(None))",
        order_by="(Stage.position, Stage.id)",
        cascade="all, delete-orphan",
    )
    members: Mapped[list["PostingMember"]] = relationship(
        lazy="raise", back_populates="posting", order_by="(PostingMember.part, PostingMember.id)", cascade="all, delete-orphan"
    )
    moves: Mapped[list["PostingMove"]] = relationship(lazy="raise", back_populates="posting", order_by="(PostingMove.at, PostingMove.id)")

    @property
    def is_past_deadline(self) -> bool:
        """Whether the last day is over where the work is. Needs `location` to be loaded."""
        return self.closes_on is not None and self.closes_on < today(self.location.time_zone)

    @property
    def takes_applications(self) -> bool:
        """Whether one can apply now. Needs `location` to be loaded."""
        return self.state is S.OPEN and not self.is_past_deadline


class Criterion(Identified, Base):
    """Something candidates are compared by, agreed before the first one is read."""

    __tablename__ = "hiring_criterion"
    __table_args__ = (CheckConstraint("weight BETWEEN 1 AND 5", name="weight_in_range"),)

    posting_id: Mapped[int] = mapped_column(ForeignKey("hiring_posting.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[CriterionKind] = mapped_column(default=CriterionKind.SKILL)
    text: Mapped[str]
    must_have: Mapped[bool] = mapped_column(default=False)
    weight: Mapped[int] = mapped_column(default=3)
    evidence: Mapped[str] = mapped_column(default="")  # what in a résumé or an interview shows it

    posting: Mapped[Posting] = relationship(lazy="raise", back_populates="criteria")


class Question(Identified, Base):
    """A question candidates answer when they apply. A knock-out is yes or no, or one of several, and always accepts something."""

    __tablename__ = "hiring_question"
    __table_args__ = (
        CheckConstraint(
            "NOT knock_out OR (kind = 'yes_no' AND accepted IN ('yes', 'no')) OR (kind = 'one_of' AND accepted <> '')", name="knock_out_has_accepted"
        ),
    )

    posting_id: Mapped[int] = mapped_column(ForeignKey("hiring_posting.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[QuestionKind] = mapped_column(default=QuestionKind.SHORT)
    text: Mapped[str]
    required: Mapped[bool] = mapped_column(default=True)
    knock_out: Mapped[bool] = mapped_column(default=False)
    accepted: Mapped[str] = mapped_column(default="")  # of a knock-out: "yes" or "no", or options one a line
    knock_out_reason: Mapped[str] = mapped_column(default="", server_default="")  # why the work needs it; kept with what follows
    options: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")  # to choose from, in order
    is_mission: Mapped[bool] = mapped_column(default=False)  # shows interest in the company's mission

    posting: Mapped[Posting] = relationship(lazy="raise", back_populates="questions")


class Stage(Identified, Base):
    """A step on the way from application to hire, and what it asks for before somebody goes on.

    A removed stage stays, because history names it; its posting does not show it any more.
    """

    __tablename__ = "hiring_stage"
    __table_args__ = (
        UniqueConstraint("posting_id", "position"),
        CheckConstraint("cards_needed BETWEEN 0 AND 9", name="cards_in_range"),
        CheckConstraint("screeners_needed BETWEEN 0 AND 9", name="screeners_in_range"),
        CheckConstraint("references_needed BETWEEN 0 AND 9", name="references_in_range"),
    )

    posting_id: Mapped[int] = mapped_column(ForeignKey("hiring_posting.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)  # below zero once it is removed
    name: Mapped[str]
    kind: Mapped[StageKind] = mapped_column(default=StageKind.SCREENING)
    target_days: Mapped[int] = mapped_column(default=5)
    turn: Mapped[Turn] = mapped_column(default=Turn.RECRUITER, server_default=Turn.RECRUITER.value)
    cards_needed: Mapped[int] = mapped_column(default=0, server_default="0")  # scorecards sent in this stage
    screeners_needed: Mapped[int] = mapped_column(default=0, server_default="0")  # people who have marked the criteria
    references_needed: Mapped[int] = mapped_column(default=0, server_default="0")
    removed_at: Mapped[datetime | None] = mapped_column(default=None)
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("hiring_stage.id"), index=True, default=None)
    is_blind: Mapped[bool] = mapped_column(default=False, server_default=false())  # who applied is hidden while they are here

    posting: Mapped[Posting] = relationship(lazy="raise", back_populates="stages")
    replaced_by: Mapped["Stage | None"] = relationship(lazy="raise", remote_side="Stage.id")

    @property
    def asks_for_something(self) -> bool:
        """Whether anything has to be there before somebody goes on from here."""
        return bool(self.cards_needed or self.screeners_needed or self.references_needed)


class PostingMember(Identified, Base):
    """A person who works on a posting, in one part."""

    __tablename__ = "hiring_posting_member"
    __table_args__ = (UniqueConstraint("posting_id", "person_id", "part"),)

    posting_id: Mapped[int] = mapped_column(ForeignKey("hiring_posting.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    part: Mapped[MemberPart]

    posting: Mapped[Posting] = relationship(lazy="raise", back_populates="members")
    person: Mapped[Person] = relationship(lazy="raise")


class PostingMove(Identified, Base):
    """A line of a posting's history."""

    __tablename__ = "hiring_posting_move"

    posting_id: Mapped[int] = mapped_column(ForeignKey("hiring_posting.id"), index=True)
    from_state: Mapped[PostingState | None] = mapped_column(default=None)
    to_state: Mapped[PostingState]
    at: Mapped[datetime] = mapped_column(default=now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    reason: Mapped[str] = mapped_column(default="")

    posting: Mapped[Posting] = relationship(lazy="raise", back_populates="moves")
    by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[by_id])
