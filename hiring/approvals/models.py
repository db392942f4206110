"""Tables of approvals: the chains a company wants, and those under way with every word said in them."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, Identified, Recorded
from core.people.models import Department, Person
from hiring.approvals.algebra import ChainState


class ApprovalKind(StrEnum):
    """What is approved."""

    OFFER = "offer"
    REQUISITION = "requisition"


class Hindrance(StrEnum):
    """Why somebody can no longer decide."""

    LEFT = "left"
    ACCOUNT_CLOSED = "account_closed"
    NO_RIGHT = "no_right"


class ApprovalTemplate(Recorded, Base):
    """The steps a kind of thing goes through, everywhere or in one department. Chains under way never look back at it."""

    __tablename__ = "hiring_approval_template"
    __table_args__ = (
        UniqueConstraint("kind", "department_id"),
        Index(
            "uq_hiring_approval_template_company",
            "kind",
            unique=True,
            sqlite_where=text("department_id IS NULL"),
            postgresql_where=text("department_id IS NULL"),
        ),
    )

    kind: Mapped[ApprovalKind]
    department_id: Mapped[int | None] = mapped_column(ForeignKey("core_department.id"), index=True, default=None)
    version: Mapped[int] = mapped_column()

    department: Mapped[Department | None] = relationship(lazy="raise")
    steps: Mapped[list["ApprovalTemplateStep"]] = relationship(
        lazy="raise", back_populates="template", order_by="ApprovalTemplateStep.position", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}


class ApprovalTemplateStep(Identified, Base):
    """One step: `needed` of its people approve. The hiring manager of the posting may sit among them."""

    __tablename__ = "hiring_approval_template_step"
    __table_args__ = (UniqueConstraint("template_id", "position"), CheckConstraint("needed > 0", name="needed_positive"))

    template_id: Mapped[int] = mapped_column(ForeignKey("hiring_approval_template.id"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    needed: Mapped[int] = mapped_column(default=1)
    only_out_of_band: Mapped[bool] = mapped_column(default=False)
    hiring_manager: Mapped[bool] = mapped_column(default=False)

    template: Mapped[ApprovalTemplate] = relationship(lazy="raise", back_populates="steps")
    seats: Mapped[list["ApprovalTemplateSeat"]] = relationship(lazy="raise", back_populates="step", cascade="all, delete-orphan")


class ApprovalTemplateSeat(Identified, Base):
    """A person who sits in a step of every new chain."""

    __tablename__ = "hiring_approval_template_seat"
    __table_args__ = (UniqueConstraint("step_id", "person_id"),)

    step_id: Mapped[int] = mapped_column(ForeignKey("hiring_approval_template_step.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)

    step: Mapped[ApprovalTemplateStep] = relationship(lazy="raise", back_populates="seats")
    person: Mapped[Person] = relationship(lazy="raise")


class ApprovalChain(Recorded, Base):
    """One thing's way through approval. `subject_hash` is of exactly what is approved; another text needs another chain."""

    __tablename__ = "hiring_approval_chain"
    __table_args__ = (
        Index("ix_hiring_approval_chain_subject", "kind", "subject_id"),
        Index(
            "uq_hiring_approval_chain_open",
            "kind",
            "subject_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    kind: Mapped[ApprovalKind]
    subject_id: Mapped[UUID]
    subject_hash: Mapped[str] = mapped_column(default="")
    state: Mapped[ChainState] = mapped_column(default=ChainState.OPEN)
    position: Mapped[int | None] = mapped_column(default=None)  # of the step whose turn it is; None once the chain is over
    started_by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    end_reason: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column()

    started_by: Mapped[Person] = relationship(lazy="raise")
    steps: Mapped[list["ApprovalStep"]] = relationship(lazy="raise", back_populates="chain", order_by="ApprovalStep.position")

    __mapper_args__ = {"version_id_col": version}


class ApprovalStep(Identified, Base):
    """A step of a chain, as its template was when the chain began. A skipped one was not needed: pay is within the band."""

    __tablename__ = "hiring_approval_step"
    __table_args__ = (UniqueConstraint("chain_id", "position"),)

    chain_id: Mapped[int] = mapped_column(ForeignKey("hiring_approval_chain.id"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    needed: Mapped[int] = mapped_column(default=1)
    skipped: Mapped[bool] = mapped_column(default=False)

    chain: Mapped[ApprovalChain] = relationship(lazy="raise", back_populates="steps")
    seats: Mapped[list["ApprovalSeat"]] = relationship(lazy="raise", back_populates="step", order_by="ApprovalSeat.id")


class ApprovalSeat(Identified, Base):
    """One person's say in a step. `decided_by` is the person or whoever stood in for them."""

    __tablename__ = "hiring_approval_seat"
    __table_args__ = (
        UniqueConstraint("step_id", "person_id"),
        UniqueConstraint("step_id", "decided_by_id"),  # nobody speaks twice in a step
        CheckConstraint("(approved IS NULL) = (decided_at IS NULL)", name="decided_whole"),
    )

    step_id: Mapped[int] = mapped_column(ForeignKey("hiring_approval_step.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    approved: Mapped[bool | None] = mapped_column(default=None)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")

    step: Mapped[ApprovalStep] = relationship(lazy="raise", back_populates="seats")
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    decided_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[decided_by_id])


class ApprovalDelegate(Recorded, Base):
    """Who stands in for whom, from one day to another, both included."""

    __tablename__ = "hiring_approval_delegate"
    __table_args__ = (CheckConstraint("until_on >= from_on", name="days_in_order"), CheckConstraint("person_id <> delegate_id", name="somebody_else"))

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    delegate_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    delegate: Mapped[Person] = relationship(lazy="raise", foreign_keys=[delegate_id])
