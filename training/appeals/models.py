"""The table of appeals: somebody asks that the result of their exam be looked at again."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.people.models import Person
from core.workflow import Workflow
from training.exams.models import Attempt
from training.items.models import Item


class AppealState(StrEnum):
    """Where an appeal stands."""

    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


WORKFLOW = Workflow({AppealState.OPEN: {AppealState.UPHELD, AppealState.REJECTED, AppealState.WITHDRAWN}})


class Appeal(Identified, Base):
    """An appeal about an attempt, or about one question of it. Its answer is kept for ever."""

    __tablename__ = "training_appeal"
    __table_args__ = (
        CheckConstraint("text <> ''", name="text_given"),
        CheckConstraint("state NOT IN ('upheld', 'rejected') OR (decided_by_id IS NOT NULL AND answer <> '')", name="decided_with_answer"),
        Index("uq_training_appeal_open", "attempt_id", unique=True, sqlite_where=text("state = 'open'"), postgresql_where=text("state = 'open'")),
        Index("ix_training_appeal_state_filed_at", "state", "filed_at"),
    )

    attempt_id: Mapped[int] = mapped_column(ForeignKey("training_attempt.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("training_item.id"), index=True, default=None)
    text: Mapped[str]
    state: Mapped[AppealState] = mapped_column(default=AppealState.OPEN)
    filed_at: Mapped[datetime] = mapped_column(default=now)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    answer: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    attempt: Mapped[Attempt] = relationship(lazy="raise")
    item: Mapped[Item | None] = relationship(lazy="raise")
    decided_by: Mapped[Person | None] = relationship(lazy="raise")
