"""Tables of checklists: what one new hire and the people around them do, by when, and every step of each task."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified, Recorded
from core.files.models import StoredFile
from core.people.models import Employment, Person
from core.workflow import Workflow
from onboarding.templates.models import TaskKind, TaskWording, TemplateVersion, references


class ChecklistState(StrEnum):
    """Whether an onboarding is under way."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


class ChecklistKind(StrEnum):
    """What a checklist leads to."""

    JOINING = "joining"
    LEAVING = "leaving"


CHECKLIST_WORKFLOW = Workflow(
    {ChecklistState.RUNNING: {ChecklistState.DONE, ChecklistState.CANCELLED}, ChecklistState.DONE: {ChecklistState.RUNNING}}
)


class TaskState(StrEnum):
    """Where a task stands. Training, shadowing and review tasks stay open here: whether they are done is asked, not stored."""

    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DONE = "done"
    WAIVED = "waived"
    NOT_APPLICABLE = "not_applicable"


S = TaskState
WORKFLOW = Workflow(
    {
        S.OPEN: {S.SUBMITTED, S.DONE, S.WAIVED, S.NOT_APPLICABLE},
        S.SUBMITTED: {S.SUBMITTED, S.DONE, S.RETURNED, S.WAIVED, S.NOT_APPLICABLE},
        S.RETURNED: {S.SUBMITTED, S.WAIVED, S.NOT_APPLICABLE},
        S.DONE: {S.OPEN},
        S.WAIVED: {S.OPEN},
        S.NOT_APPLICABLE: {S.OPEN},
    }
)
WAIVED = frozenset({S.WAIVED, S.NOT_APPLICABLE})
FINISHED = frozenset({S.DONE}) | WAIVED
ASKED_KINDS = frozenset({TaskKind.TRAINING, TaskKind.SHADOWING, TaskKind.REVIEW})


_QUEUED, _HANDED_IN = text("owner_id IS NULL"), text("state = 'submitted'")
_TEAM_WAITS = text("team_id IS NOT NULL AND owner_id IS NULL AND state = 'open'")


class Checklist(Recorded, Base):
    """One person's onboarding into one employment, or what is left to do when it ends. Of a leaving one `starts_on` is the last day."""

    __tablename__ = "onboarding_checklist"
    __table_args__ = (
        UniqueConstraint("employment_id", "kind"),
        Index("ix_onboarding_checklist_state_starts_on", "state", "starts_on", "id"),
        Index("ix_onboarding_checklist_manager_id_state", "manager_id", "state", "starts_on", "id"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    employment_id: Mapped[int] = mapped_column(ForeignKey("core_employment.id"))
    kind: Mapped[ChecklistKind] = mapped_column(default=ChecklistKind.JOINING, server_default="joining")
    starts_on: Mapped[date] = mapped_column(index=True)
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    buddy_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    hr_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)  # whom the new hire asks
    state: Mapped[ChecklistState] = mapped_column(default=ChecklistState.RUNNING, index=True)
    reason: Mapped[str] = mapped_column(default="", server_default="")  # why it was cancelled
    arrives_at: Mapped[time | None] = mapped_column(default=None)  # on day one, on the clock of the place
    meeting_point: Mapped[str] = mapped_column(default="", server_default="")  # where on day one, and whom to ask for
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    employment: Mapped[Employment] = relationship(lazy="raise")
    manager: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[manager_id])
    buddy: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[buddy_id])
    hr: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[hr_id])
    sources: Mapped[list["ChecklistSource"]] = relationship(lazy="raise", back_populates="checklist", order_by="ChecklistSource.id")
    tasks: Mapped[list["Task"]] = relationship(lazy="raise", back_populates="checklist", order_by="(Task.due_on, Task.position, Task.id)")


class ChecklistSource(Identified, Base):
    """A version of a template that tasks of a checklist were copied from."""

    __tablename__ = "onboarding_checklist_source"
    __table_args__ = (UniqueConstraint("checklist_id", "template_version_id"),)

    checklist_id: Mapped[int] = mapped_column(ForeignKey("onboarding_checklist.id"), index=True)
    template_version_id: Mapped[int] = mapped_column(ForeignKey("onboarding_template_version.id"), index=True)

    checklist: Mapped[Checklist] = relationship(lazy="raise", back_populates="sources")
    template_version: Mapped[TemplateVersion] = relationship(lazy="raise")


_LAPSING = ("waived_until IS NOT NULL", "valid_until IS NOT NULL")


class Task(TaskWording, Recorded, Base):
    """A task of one checklist: a copy of the template's, with its owner and day. No owner means the queue of its part."""

    __tablename__ = "onboarding_task"
    __table_args__ = (
        UniqueConstraint("checklist_id", "key"),
        CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name="done_at_iff_done"),
        CheckConstraint("state NOT IN ('returned', 'waived', 'not_applicable') OR reason <> ''", name="reason_given"),
        Index("ix_onboarding_task_state_due_on", "state", "due_on"),
        Index("ix_onboarding_task_waived_until", "waived_until", sqlite_where=text(_LAPSING[0]), postgresql_where=text(_LAPSING[0])),
        Index("ix_onboarding_task_valid_until", "valid_until", sqlite_where=text(_LAPSING[1]), postgresql_where=text(_LAPSING[1])),
        Index("ix_onboarding_task_owner_id_state_due_on", "owner_id", "state", "due_on", "position", "id"),
        Index("ix_onboarding_task_part_state_due_on", "part", "state", "due_on", "position", "id", sqlite_where=_QUEUED, postgresql_where=_QUEUED),
        Index("ix_onboarding_task_done_by_id_done_at", "done_by_id", "done_at"),
        Index("ix_onboarding_task_team_waits", "team_id", "due_on", "position", "id", sqlite_where=_TEAM_WAITS, postgresql_where=_TEAM_WAITS),
        Index("ix_onboarding_task_submitted", "due_on", "position", "id", sqlite_where=_HANDED_IN, postgresql_where=_HANDED_IN),
        *references(),
    )

    checklist_id: Mapped[int] = mapped_column(ForeignKey("onboarding_checklist.id"), index=True)
    template_task_id: Mapped[int | None] = mapped_column(ForeignKey("onboarding_template_task.id"), index=True, default=None)  # what it copies
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    due_on: Mapped[date]
    due_is_fixed: Mapped[bool] = mapped_column(default=False, server_default=false())  # somebody chose the day: it stays when the first day moves
    state: Mapped[TaskState] = mapped_column(default=S.OPEN)
    reason: Mapped[str] = mapped_column(default="")  # why it was returned, waived or does not apply
    done_at: Mapped[datetime | None] = mapped_column(default=None)
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("core_file.id"), index=True, default=None)
    valid_until: Mapped[date | None] = mapped_column(default=None)  # the day the document handed in lapses
    waived_until: Mapped[date | None] = mapped_column(default=None)  # the day it need not be done until
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    checklist: Mapped[Checklist] = relationship(lazy="raise", back_populates="tasks")
    owner: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[owner_id])
    done_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[done_by_id])
    file: Mapped[StoredFile | None] = relationship(lazy="raise")


class TaskMove(Identified, Base):
    """A line of a task's history, with the file that was handed in."""

    __tablename__ = "onboarding_task_move"

    task_id: Mapped[int] = mapped_column(ForeignKey("onboarding_task.id"), index=True)
    from_state: Mapped[TaskState | None] = mapped_column(default=None)
    to_state: Mapped[TaskState]
    at: Mapped[datetime] = mapped_column(default=now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    reason: Mapped[str] = mapped_column(default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("core_file.id"), index=True, default=None)

    task: Mapped[Task] = relationship(lazy="raise")
    by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[by_id])
