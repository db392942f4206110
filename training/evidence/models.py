"""Tables of evidence packs: what was asked for, how far it is, and the parts that are finished while it is made."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.documents.models import IssuedDocument
from core.people.models import Person
from core.workflow import Workflow


class PackState(StrEnum):
    """Where a pack stands."""

    GATHERING = "gathering"
    PRINTING = "printing"
    READY = "ready"
    FAILED = "failed"


WORKFLOW = Workflow(
    {
        PackState.GATHERING: {PackState.PRINTING, PackState.FAILED},
        PackState.PRINTING: {PackState.READY, PackState.FAILED},
        PackState.FAILED: {PackState.GATHERING, PackState.PRINTING},
    }
)


class EvidencePack(Identified, Base):
    """Proof for a filter and a period, as it was known at an instant. Once ready it is a document and never changes.

    `wanted` holds the filter (public ids and texts), `named` the same in words, as they were when it was asked for.
    """

    __tablename__ = "training_evidence_pack"
    __table_args__ = (CheckConstraint("period_to >= period_from", name="days_in_order"),)

    wanted: Mapped[dict[str, Any]]
    named: Mapped[list[Any]]  # pairs of a label and a value
    period_from: Mapped[date]
    period_to: Mapped[date]
    known_on: Mapped[date | None] = mapped_column(default=None)
    known_at: Mapped[datetime]  # the instant up to which it is told what was known
    language: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(default=now, index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    state: Mapped[PackState] = mapped_column(default=PackState.GATHERING)
    problem: Mapped[str] = mapped_column(default="")
    people: Mapped[int] = mapped_column(default=0)  # how many it is about
    done: Mapped[int] = mapped_column(default=0)  # how many of them are gathered
    reached: Mapped[int] = mapped_column(default=0)  # inner key of the last of them
    requirements: Mapped[int] = mapped_column(default=0)
    report_hash: Mapped[str] = mapped_column(default="")
    hashes: Mapped[dict[str, Any]] = mapped_column(default=dict)  # of what is attached, by name
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("training_audit_grant.id"), index=True)  # of the auditor who asked
    document_id: Mapped[int | None] = mapped_column(ForeignKey("core_document.id"), unique=True)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    asked_by: Mapped[Person] = relationship(lazy="raise")
    document: Mapped[IssuedDocument | None] = relationship(lazy="raise")


class EvidencePart(Base):
    """Some of the people of a pack, gathered; gone when the pack is ready. Texts are deflated."""

    __tablename__ = "training_evidence_part"
    __table_args__ = (UniqueConstraint("pack_id", "after"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pack_id: Mapped[int] = mapped_column(ForeignKey("training_evidence_pack.id"))
    after: Mapped[int]  # inner key of the person before its first
    records: Mapped[bytes] = mapped_column(LargeBinary)  # a line of JSON for each person
    lines: Mapped[bytes] = mapped_column(LargeBinary)  # a line of CSV for each requirement
    judged: Mapped[bytes] = mapped_column(LargeBinary)  # the lines of the report's hash
    events: Mapped[bytes] = mapped_column(LargeBinary)  # a line of JSON for each event of the audit trail
    tally: Mapped[dict[str, Any]]  # what the summary adds up
