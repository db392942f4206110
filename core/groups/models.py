"""Tables of groups: which department stands below which, and the tags people carry. Both are dated and never overwritten."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.people.models import Department, Person


class DepartmentPlace(Identified, Base):
    """From a day on a department stands below another, or below none, until its next row. One that was wrong is superseded."""

    __tablename__ = "core_department_place"
    __table_args__ = (
        CheckConstraint("parent_id IS NULL OR parent_id <> department_id", name="not_below_itself"),
        Index(
            "uq_core_department_place_day",
            "department_id",
            "valid_from",
            unique=True,
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
    )

    department_id: Mapped[int] = mapped_column(ForeignKey("core_department.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("core_department.id"), index=True, default=None)
    valid_from: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    superseded_at: Mapped[datetime | None] = mapped_column(default=None)

    department: Mapped[Department] = relationship(lazy="raise", foreign_keys=[department_id])
    parent: Mapped[Department | None] = relationship(lazy="raise", foreign_keys=[parent_id])


class Tag(Identified, Base):
    """A word that people carry, such as "handles cash"."""

    __tablename__ = "core_tag"

    name: Mapped[str] = mapped_column(unique=True)


class PersonTag(Identified, Base):
    """A person carries a tag from one day to another. An end is written as a new row that supersedes the one before."""

    __tablename__ = "core_person_tag"
    __table_args__ = (CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="days_in_order"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("core_tag.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None] = mapped_column(default=None)
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    superseded_at: Mapped[datetime | None] = mapped_column(default=None)

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    tag: Mapped[Tag] = relationship(lazy="raise")
    recorded_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[recorded_by_id])
