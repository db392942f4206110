"""Tables of onboarding templates: which tasks a new hire gets, from when and by whom, in published versions."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from core.db import Base, Identified, Recorded
from core.people.models import Department, EmploymentType, JobRole, Location, Person
from core.workflow import Workflow
from onboarding.policies.models import Policy


class Phase(StrEnum):
    """The part of the first ninety days a task belongs to, in order."""

    BEFORE_DAY_ONE = "before_day_one"
    DAY_ONE = "day_one"
    FIRST_WEEK = "first_week"
    DAY_30 = "day_30"
    DAY_60 = "day_60"
    DAY_90 = "day_90"


class TaskKind(StrEnum):
    """How a task is done."""

    TICK = "tick"
    DOCUMENT = "document"
    POLICY = "policy"
    TRAINING = "training"
    SHADOWING = "shadowing"


class Part(StrEnum):
    """Who a task is for, by the part they play for the new hire."""

    NEW_HIRE = "new_hire"
    MANAGER = "manager"
    BUDDY = "buddy"
    HR = "hr"
    IT = "it"


class DocumentRule(StrEnum):
    """Which files a document task takes."""

    DOCUMENT = "document"
    IMAGE = "image"


class TemplateState(StrEnum):
    """Where a version of a template stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


WORKFLOW = Workflow({TemplateState.DRAFT: {TemplateState.PUBLISHED}, TemplateState.PUBLISHED: {TemplateState.SUPERSEDED}})


class TaskWording:
    """What a task of a template and its copy in a running checklist have in common.

    `key` names the same task across templates, so that a person who matches two gets it once.
    """

    key: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    phase: Mapped[Phase]
    kind: Mapped[TaskKind] = mapped_column(default=TaskKind.TICK)
    title: Mapped[str]
    instructions: Mapped[str] = mapped_column(default="")  # Markdown
    part: Mapped[Part] = mapped_column(default=Part.NEW_HIRE)
    offset_days: Mapped[int] = mapped_column(default=0)  # business days from the start date
    required: Mapped[bool] = mapped_column(default=True)
    document_rule: Mapped[DocumentRule] = mapped_column(default=DocumentRule.DOCUMENT)
    policy_id: Mapped[int | None] = mapped_column(ForeignKey("onboarding_policy.id"), index=True, default=None)
    course_id: Mapped[int | None] = mapped_column(ForeignKey("training_course.id"), index=True, default=None)

    @declared_attr
    def policy(cls) -> Mapped[Policy | None]:  # noqa: N805  (SQLAlchemy hands in the class)
        """The policy a policy task is about."""
        return relationship(Policy, lazy="raise")

    def wording(self) -> dict[str, Any]:
        """The shared fields, for a copy."""
        return {name: getattr(self, name) for name in WORDING_FIELDS}


WORDING_FIELDS = (
    "key", "position", "phase", "kind", "title", "instructions", "part", "offset_days", "required", "document_rule", "policy_id", "course_id",
)  # fmt: skip


def references() -> tuple[CheckConstraint, ...]:
    """Constraints that both tables of tasks hold: what each kind refers to."""
    return (
        CheckConstraint("(kind = 'policy') = (policy_id IS NOT NULL)", name="policy_iff_kind"),
        CheckConstraint("(kind = 'training') = (course_id IS NOT NULL)", name="course_iff_kind"),
    )


class Template(Recorded, Base):
    """A list of tasks for everyone (no match set) or for those whose job role, department, place and contract match."""

    __tablename__ = "onboarding_template"

    name: Mapped[str] = mapped_column(unique=True)
    job_role_id: Mapped[int | None] = mapped_column(ForeignKey("core_job_role.id"), index=True, default=None)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("core_department.id"), index=True, default=None)
    location_id: Mapped[int | None] = mapped_column(ForeignKey("core_location.id"), index=True, default=None)
    employment_type: Mapped[EmploymentType | None] = mapped_column(default=None)
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    job_role: Mapped[JobRole | None] = relationship(lazy="raise")
    department: Mapped[Department | None] = relationship(lazy="raise")
    location: Mapped[Location | None] = relationship(lazy="raise")
    editions: Mapped[list["TemplateVersion"]] = relationship(lazy="raise", back_populates="template", order_by="TemplateVersion.number.desc()")

    @property
    def is_bank_wide(self) -> bool:
        """Whether everyone gets it."""
        return self.specificity == 0

    @property
    def specificity(self) -> int:
        """How many things must match; of two tasks with one key the more specific wins."""
        return sum(value is not None for value in (self.job_role_id, self.department_id, self.location_id, self.employment_type))


class TemplateVersion(Recorded, Base):
    """One version of a template's tasks. A draft is edited, a published one never changes; at most one of each is live."""

    __tablename__ = "onboarding_template_version"
    __table_args__ = (
        UniqueConstraint("template_id", "number"),
        *(
            Index(
                f"uq_onboarding_template_version_{state}",
                "template_id",
                unique=True,
                sqlite_where=text(f"state = '{state}'"),
                postgresql_where=text(f"state = '{state}'"),
            )
            for state in ("draft", "published")
        ),
    )

    template_id: Mapped[int] = mapped_column(ForeignKey("onboarding_template.id"), index=True)
    number: Mapped[int]
    state: Mapped[TemplateState] = mapped_column(default=TemplateState.DRAFT)
    published_at: Mapped[datetime | None] = mapped_column(default=None)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    template: Mapped[Template] = relationship(lazy="raise", back_populates="editions")
    published_by: Mapped[Person | None] = relationship(lazy="raise")
    tasks: Mapped[list["TemplateTask"]] = relationship(
        lazy="raise",
        back_populates="template_version",
        order_by="(TemplateTask.offset_days, TemplateTask.position, TemplateTask.id)",
        cascade="all, delete-orphan",
    )


class TemplateTask(TaskWording, Identified, Base):
    """A task as a template describes it."""

    __tablename__ = "onboarding_template_task"
    __table_args__ = (UniqueConstraint("template_version_id", "key"), *references())

    template_version_id: Mapped[int] = mapped_column(ForeignKey("onboarding_template_version.id"), index=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    template_version: Mapped[TemplateVersion] = relationship(lazy="raise", back_populates="tasks")
