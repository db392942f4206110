"""Tables of samples: lines drawn from a population by a recorded seed, and what was found when each was checked."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.people.models import Person
from training.requirements.models import Rule


class Stratum(StrEnum):
    """By what a population is divided before lines are drawn of each part."""

    NONE = "none"
    DEPARTMENT = "department"
    ROLE = "role"
    RULE = "rule"


class Verdict(StrEnum):
    """What checking a line came to."""

    UNCHECKED = "unchecked"
    SOUND = "sound"
    OBJECTED = "objected"


class AuditSample(Identified, Base):
    """Lines drawn at random from everybody and every requirement a filter fits on a day. The same seed draws the same lines."""

    __tablename__ = "training_audit_sample"
    __table_args__ = (CheckConstraint("size > 0 AND size <= population", name="size_within_population"),)

    purpose: Mapped[str]
    wanted: Mapped[dict[str, Any]]
    named: Mapped[list[Any]]
    on_day: Mapped[date]
    known_at: Mapped[datetime]
    stratified_by: Mapped[Stratum] = mapped_column(default=Stratum.NONE)
    size: Mapped[int]
    seed: Mapped[str]
    population: Mapped[int]
    population_hash: Mapped[str]
    drawn_at: Mapped[datetime] = mapped_column(default=now, index=True)
    drawn_by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("training_audit_grant.id"), index=True)

    drawn_by: Mapped[Person] = relationship(lazy="raise")


class SampleLine(Identified, Base):
    """A person and a requirement that were drawn, how they stood, and what checking came to."""

    __tablename__ = "training_audit_sample_line"
    __table_args__ = (UniqueConstraint("sample_id", "position"),)

    sample_id: Mapped[int] = mapped_column(ForeignKey("training_audit_sample.id"))
    position: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("training_rule.id"), index=True)
    lineage: Mapped[UUID]
    state: Mapped[str]  # a standing's value
    stratum: Mapped[str] = mapped_column(default="")
    verdict: Mapped[Verdict] = mapped_column(default=Verdict.UNCHECKED)
    note: Mapped[str] = mapped_column(default="")
    checked_at: Mapped[datetime | None] = mapped_column(default=None)
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    sample: Mapped[AuditSample] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    rule: Mapped[Rule] = relationship(lazy="raise")
    checked_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[checked_by_id])
