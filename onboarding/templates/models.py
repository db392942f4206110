"""Tables of onboarding templates: which tasks a new hire gets, from when and by whom, in published versions."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from core.db import Base, Identified, Recorded
from core.files.models import StoredFile
from core.people.models import Department, EmploymentType, JobRole, Location, Person
from core.workflow import Workflow
from onboarding.moments import Moment
from onboarding.policies.models import Policy
from onboarding.teams.models import Team


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
    FORM = "form"
    DOCUMENT = "document"
    POLICY = "policy"
    SIGNATURE = "signature"
    MEETING = "meeting"
    REQUEST = "request"
    TRAINING = "training"
    SHADOWING = "shadowing"
    REVIEW = "review"


class Part(StrEnum):
    """Who a task is for: by the part they play for the new hire, by name, or a team."""

    NEW_HIRE = "new_hire"
    MANAGER = "manager"
    BUDDY = "buddy"
    HR = "hr"
    IT = "it"
    PERSON = "person"
    TEAM = "team"


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

    `key` names the same task across templates, so that a person who matches two gets it once; `waits_for` names the tasks that come first,
    `due_after` the one whose completion its day is counted from instead of the start.
    """

    key: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    phase: Mapped[Phase]
    kind: Mapped[TaskKind] = mapped_column(default=TaskKind.TICK)
    title: Mapped[str]
    instructions: Mapped[str] = mapped_column(default="")  # Markdown
    part: Mapped[Part] = mapped_column(default=Part.NEW_HIRE)
    offset_days: Mapped[int] = mapped_column(default=0)  # business days from the start date, or from what it is due after
    required: Mapped[bool] = mapped_column(default=True)
    waits_for: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    due_after: Mapped[str] = mapped_column(default="", server_default="")
    minutes: Mapped[int | None] = mapped_column(default=None)  # how long it takes, as estimated
    document_rule: Mapped[DocumentRule] = mapped_column(default=DocumentRule.DOCUMENT)
    asks_expiry: Mapped[bool] = mapped_column(default=False, server_default=false())  # whether the document lapses on a day
    fields: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")  # what a form asks
    letter: Mapped[str] = mapped_column(default="", server_default="")  # what is signed: Markdown with merge fields
    item: Mapped[str] = mapped_column(default="", server_default="")  # the access or equipment asked for
    moment: Mapped[Moment | None] = mapped_column(default=None)
    policy_id: Mapped[int | None] = mapped_column(ForeignKey("onboarding_policy.id"), index=True, default=None)
    course_id: Mapped[int | None] = mapped_column(ForeignKey("training_course.id"), index=True, default=None)
    named_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("onboarding_team.id"), index=True, default=None)

    @declared_attr
    def policy(cls) -> Mapped[Policy | None]:  # noqa: N805  (SQLAlchemy hands in the class)
        """The policy a policy task is about."""
        return relationship(Policy, lazy="raise")

    @declared_attr
    def named(cls) -> Mapped[Person | None]:  # noqa: N805
        """The person a template gives the task to by name."""
        return relationship(Person, lazy="raise", foreign_keys=[cls.named_id])  # type: ignore[list-item]

    @declared_attr
    def team(cls) -> Mapped[Team | None]:  # noqa: N805
        """The team in whose queue it stands."""
        return relationship(Team, lazy="raise")

    def wording(self) -> dict[str, Any]:
        """The shared fields, for a copy."""
        return {name: getattr(self, name) for name in WORDING_FIELDS}


WORDING_FIELDS = (
    "key", "position", "phase", "kind", "title", "instructions", "part", "offset_days", "required", "waits_for", "due_after", "minutes",
    "document_rule", "asks_expiry", "fields", "letter", "item", "moment", "policy_id", "course_id", "named_id", "team_id",
)  # fmt: skip


def references() -> tuple[CheckConstraint, ...]:
    """Constraints that both tables of tasks hold: what each kind refers to."""
    return (
        CheckConstraint("(kind = 'policy') = (policy_id IS NOT NULL)", name="policy_iff_kind"),
        CheckConstraint("(kind = 'training') = (course_id IS NOT NULL)", name="course_iff_kind"),
        CheckConstraint("(kind = 'review') = (moment IS NOT NULL)", name="moment_iff_kind"),
        CheckConstraint("(part = 'person') = (named_id IS NOT NULL)", name="named_iff_part"),
        CheckConstraint("(part = 'team') = (team_id IS NOT NULL)", name="team_iff_part"),
        CheckConstraint("minutes IS NULL OR minutes BETWEEN 1 AND 2400", name="minutes_in_range"),
    )


class Template(Recorded, Base):
    """A list of tasks for everyone (no criteria) or for those who fit at least one value of each criterion."""

    __tablename__ = "onboarding_template"

    name: Mapped[str] = mapped_column(unique=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    criteria: Mapped[list["TemplateCriterion"]] = relationship(lazy="raise", order_by="TemplateCriterion.id", cascade="all, delete-orphan")
    editions: Mapped[list["TemplateVersion"]] = relationship(lazy="raise", back_populates="template", order_by="TemplateVersion.number.desc()")

    @property
    def is_bank_wide(self) -> bool:
        """Whether everyone gets it. Needs `criteria`."""
        return not self.criteria


class TemplateCriterion(Identified, Base):
    """One value that a template, or a single task of it, is for: a job role, a department, a place or a kind of contract."""

    __tablename__ = "onboarding_criterion"
    __table_args__ = (
        CheckConstraint("(template_id IS NULL) <> (template_task_id IS NULL)", name="of_one_thing"),
        CheckConstraint(
            "CASE WHEN job_role_id IS NULL THEN 0 ELSE 1 END + CASE WHEN department_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN location_id IS NULL THEN 0 ELSE 1 END + CASE WHEN employment_type IS NULL THEN 0 ELSE 1 END = 1",
            name="one_value",
        ),
    )

    template_id: Mapped[int | None] = mapped_column(ForeignKey("onboarding_template.id"), index=True, default=None)
    template_task_id: Mapped[int | None] = mapped_column(ForeignKey("onboarding_template_task.id"), index=True, default=None)
    job_role_id: Mapped[int | None] = mapped_column(ForeignKey("core_job_role.id"), index=True, default=None)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("core_department.id"), index=True, default=None)
    location_id: Mapped[int | None] = mapped_column(ForeignKey("core_location.id"), index=True, default=None)
    employment_type: Mapped[EmploymentType | None] = mapped_column(default=None)

    job_role: Mapped[JobRole | None] = relationship(lazy="raise")
    department: Mapped[Department | None] = relationship(lazy="raise")
    location: Mapped[Location | None] = relationship(lazy="raise")

    @property
    def value(self) -> tuple[str, Any]:
        """What is asked for and the value that fits, such as ("location_id", 3)."""
        return next((name, found) for name in CRITERIA if (found := getattr(self, name)) is not None)


CRITERIA = ("job_role_id", "department_id", "location_id", "employment_type")


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
    criteria: Mapped[list[TemplateCriterion]] = relationship(lazy="raise", order_by="TemplateCriterion.id", cascade="all, delete-orphan")
    attachments: Mapped[list["TemplateAttachment"]] = relationship(
        lazy="raise", back_populates="template_task", order_by="TemplateAttachment.id", cascade="all, delete-orphan"
    )


class TemplateAttachment(Identified, Base):
    """A file that belongs to the instructions of a task. Versions and running checklists share the file."""

    __tablename__ = "onboarding_attachment"
    __table_args__ = (UniqueConstraint("template_task_id", "file_id"),)

    template_task_id: Mapped[int] = mapped_column(ForeignKey("onboarding_template_task.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("core_file.id"), index=True)

    template_task: Mapped[TemplateTask] = relationship(lazy="raise", back_populates="attachments")
    file: Mapped[StoredFile] = relationship(lazy="raise")
