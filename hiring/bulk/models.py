"""Tables of bulk actions: what is done to whom, and what became of each."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified, Recorded
from core.people.models import Person
from core.workflow import Workflow
from hiring.applications.models import Application, DeclineReason
from hiring.postings.models import Stage


class BulkKind(StrEnum):
    """What can be done to many applications."""

    ADVANCE = "advance"
    DECLINE = "decline"
    TAG = "tag"
    MESSAGE = "message"
    EXPORT = "export"


class BulkState(StrEnum):
    """Where a bulk action stands."""

    CHOSEN = "chosen"
    RUNNING = "running"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


class ItemState(StrEnum):
    """What became of one application in a bulk action."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
    KEPT = "kept"  # it was to be taken back, and could not


S = BulkState
WORKFLOW = Workflow({S.CHOSEN: {S.RUNNING}, S.RUNNING: {S.DONE}, S.DONE: {S.UNDOING}, S.UNDOING: {S.UNDONE}})
UNDER_WAY = frozenset({S.RUNNING, S.UNDOING})


class Bulk(Recorded, Base):
    """One thing that one person does to many applications. `is_set` once it is said how, and then nothing of it changes after it began."""

    __tablename__ = "hiring_bulk"
    __table_args__ = (
        CheckConstraint("hours BETWEEN 0 AND 336", name="hours_in_range"),
        Index("ix_hiring_bulk_by_id_created_at", "by_id", "created_at"),
    )

    kind: Mapped[BulkKind]
    state: Mapped[BulkState] = mapped_column(default=S.CHOSEN)
    by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    is_set: Mapped[bool] = mapped_column(default=False)
    stage_id: Mapped[int | None] = mapped_column(ForeignKey("hiring_stage.id"), index=True, default=None)  # None: each to its next
    reason: Mapped[DeclineReason | None] = mapped_column(default=None)
    hours: Mapped[int] = mapped_column(default=0)  # until letters go out
    text: Mapped[str] = mapped_column(default="")  # the note, the tag or the message
    came_from: Mapped[str] = mapped_column(default="")  # the list in which they were chosen
    tell_at: Mapped[datetime | None] = mapped_column(default=None)  # when letters go out; None: at once
    started_at: Mapped[datetime | None] = mapped_column(default=None)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    by: Mapped[Person] = relationship(lazy="raise")
    stage: Mapped[Stage | None] = relationship(lazy="raise")

    @property
    def is_under_way(self) -> bool:
        """Whether something is still being done."""
        return self.state in UNDER_WAY

    @property
    def letters_wait(self) -> bool:
        """Whether it can still be taken back: candidates were declined, and no letter has gone out."""
        return self.kind is BulkKind.DECLINE and self.state is S.DONE and self.tell_at is not None and self.tell_at > now()


class BulkItem(Identified, Base):
    """One application in a bulk action. It is done once: who finds it not waiting leaves it alone."""

    __tablename__ = "hiring_bulk_item"
    __table_args__ = (
        UniqueConstraint("bulk_id", "application_id"),
        Index("ix_hiring_bulk_item_bulk_id_state_id", "bulk_id", "state", "id"),
    )

    bulk_id: Mapped[int] = mapped_column(ForeignKey("hiring_bulk.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("hiring_application.id"), index=True)
    state: Mapped[ItemState] = mapped_column(default=ItemState.WAITING)
    seen_version: Mapped[int]  # of the application: when it was chosen, and once it is done, then
    why: Mapped[str] = mapped_column(default="")  # it was refused, or kept

    bulk: Mapped[Bulk] = relationship(lazy="raise")
    application: Mapped[Application] = relationship(lazy="raise")
