"""Tables of what is left to do when somebody leaves or withdraws before day one, and of changes that wait for their day."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, Identified, Recorded
from core.people.models import Employment, Person
from onboarding.templates.models import Part


class Occasion(StrEnum):
    """When a task of the list is wanted."""

    BOTH = "both"
    LEAVES = "leaves"
    WITHDRAWS = "withdraws"


class LeavingTask(Identified, Base):
    """Something to do whenever somebody leaves. `offset_days` are business days from the last day."""

    __tablename__ = "onboarding_leaving_task"
    __table_args__ = (CheckConstraint("offset_days BETWEEN -60 AND 60", name="offset_in_range"),)

    title: Mapped[str]
    part: Mapped[Part]
    offset_days: Mapped[int] = mapped_column(default=0)
    occasion: Mapped[Occasion] = mapped_column(default=Occasion.BOTH)
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class ChangeKind(StrEnum):
    """What waits for its day: what somebody does for others is passed on the day after their employment ends; an onboarding follows
    its person into a position on its first day."""

    HANDOVER = "handover"
    POSITION = "position"


_WAITING = text("done_at IS NULL")


class ComingChange(Recorded, Base):
    """A change of onboarding that is written down ahead and carried out on its day, which the employment says."""

    __tablename__ = "onboarding_coming_change"
    __table_args__ = (
        UniqueConstraint("employment_id", "kind"),
        Index("ix_onboarding_coming_change_waiting", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )

    employment_id: Mapped[int] = mapped_column(ForeignKey("core_employment.id"))
    kind: Mapped[ChangeKind]
    taker_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)  # of a handover; None is human resources
    applies: Mapped[bool] = mapped_column(default=False)  # of a position: whether the tasks of the templates follow
    done_at: Mapped[datetime | None] = mapped_column(default=None)

    employment: Mapped[Employment] = relationship(lazy="raise")
    taker: Mapped[Person | None] = relationship(lazy="raise")
