"""What tells that two candidates may be one person, what a colleague said about it, and what was made one."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.people.models import Person
from hiring.applications.models import Candidate


class Ground(StrEnum):
    """Why two candidates may be the same person."""

    EMAIL = "email"
    PHONE = "phone"
    RESUME = "resume"  # the very same file, under nearly the same name


class LikenessState(StrEnum):
    """What a colleague said about a pair."""

    OPEN = "open"
    DIFFERENT = "different"


class LikenessKey(Base):
    """One thing by which a candidate is recognised: a case-folded address, a number in E.164, the SHA-256 of a résumé."""

    __tablename__ = "hiring_likeness_key"
    __table_args__ = (
        UniqueConstraint("candidate_id", "ground", "value"),
        Index("ix_hiring_likeness_key_ground_value", "ground", "value"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("hiring_candidate.id"), index=True)
    ground: Mapped[Ground]
    value: Mapped[str]


class Likeness(Identified, Base):
    """Two candidates who may be one person, or who are known not to be. `earlier_id` is the smaller key."""

    __tablename__ = "hiring_likeness"
    __table_args__ = (
        UniqueConstraint("earlier_id", "later_id"),
        CheckConstraint("earlier_id < later_id", name="keys_in_order"),
        Index("ix_hiring_likeness_state_id", "state", "id"),
    )

    earlier_id: Mapped[int] = mapped_column(ForeignKey("hiring_candidate.id"), index=True)
    later_id: Mapped[int] = mapped_column(ForeignKey("hiring_candidate.id"), index=True)
    grounds: Mapped[list[str]]
    state: Mapped[LikenessState] = mapped_column(default=LikenessState.OPEN)
    reason: Mapped[str] = mapped_column(default="")
    noticed_at: Mapped[datetime] = mapped_column(default=now)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)

    earlier: Mapped[Candidate] = relationship(lazy="raise", foreign_keys=[earlier_id])
    later: Mapped[Candidate] = relationship(lazy="raise", foreign_keys=[later_id])


class Merge(Identified, Base):
    """That one candidate took another's place, with what moved (column -> keys of rows), so that it can be undone."""

    __tablename__ = "hiring_merge"
    __table_args__ = (
        Index(
            "uq_hiring_merge_standing",
            "gone_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    kept_id: Mapped[int] = mapped_column(ForeignKey("hiring_candidate.id"), index=True)
    gone_id: Mapped[int] = mapped_column(ForeignKey("hiring_candidate.id"), index=True)
    reason: Mapped[str]
    contact_before: Mapped[dict[str, Any]]  # name, email and phone of the kept one as they were
    contact_after: Mapped[dict[str, Any]]
    moved: Mapped[dict[str, Any]]
    merged_at: Mapped[datetime] = mapped_column(default=now)
    merged_by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    undone_at: Mapped[datetime | None] = mapped_column(default=None)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)

    kept: Mapped[Candidate] = relationship(lazy="raise", foreign_keys=[kept_id])
    gone: Mapped[Candidate] = relationship(lazy="raise", foreign_keys=[gone_id])
    merged_by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[merged_by_id])
