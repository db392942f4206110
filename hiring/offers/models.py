"""Offers: their terms, approvals, and the signature that accepts them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified, Recorded
from core.documents.models import IssuedDocument
from core.people.models import Location, Person
from core.workflow import Workflow
from hiring.applications.models import Application


class OfferState(StrEnum):
    """Where an offer stands."""

    DRAFT = "draft"
    IN_APPROVAL = "in_approval"
    APPROVED = "approved"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


S = OfferState
WORKFLOW = Workflow(
    {
        S.DRAFT: {S.IN_APPROVAL, S.WITHDRAWN},
        S.IN_APPROVAL: {S.APPROVED, S.DRAFT, S.WITHDRAWN},
        S.APPROVED: {S.SENT, S.DRAFT, S.WITHDRAWN},
        S.SENT: {S.ACCEPTED, S.DECLINED, S.EXPIRED, S.WITHDRAWN, S.SUPERSEDED},
        S.ACCEPTED: {S.WITHDRAWN},  # where the person does not start
    }
)
OPEN_STATES = (S.DRAFT, S.IN_APPROVAL, S.APPROVED, S.SENT)
_OPEN = text("state IN ('draft', 'in_approval', 'approved', 'sent')")


class OfferTemplate(Recorded, Base):
    """A letter with named merge fields, from which offers begin."""

    __tablename__ = "hiring_offer_template"

    name: Mapped[str] = mapped_column(unique=True)
    language: Mapped[str] = mapped_column(default="pt_BR")
    body: Mapped[str]  # Markdown with {{merge_fields}}
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Offer(Recorded, Base):
    """What the company offers one candidate. Terms may change only while it is a draft."""

    __tablename__ = "hiring_offer"
    __table_args__ = (
        UniqueConstraint("application_id", "number"),
        Index("uq_hiring_offer_open", "application_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        CheckConstraint("salary > 0", name="salary_positive"),
        CheckConstraint("state NOT IN ('sent', 'accepted') OR document_id IS NOT NULL", name="sent_with_document"),
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("hiring_application.id"), index=True)
    number: Mapped[int] = mapped_column(default=1)
    state: Mapped[OfferState] = mapped_column(default=S.DRAFT)
    language: Mapped[str] = mapped_column(default="pt_BR")
    salary: Mapped[int]  # minor units, each month
    currency: Mapped[str] = mapped_column(default="BRL")
    starts_on: Mapped[date]
    expires_on: Mapped[date]  # last day on which it can be accepted, where the work is
    location_id: Mapped[int] = mapped_column(ForeignKey("core_location.id"), index=True)
    manager_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    buddy_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)
    approver_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    benefits: Mapped[str] = mapped_column(default="")
    bonus: Mapped[str] = mapped_column(default="", server_default="")
    probation_days: Mapped[int | None] = mapped_column(default=None)
    letter: Mapped[str]  # Markdown with merge fields; they are filled in when the letter is made
    document_id: Mapped[int | None] = mapped_column(ForeignKey("core_document.id"), index=True, default=None)
    signed_document_id: Mapped[int | None] = mapped_column(ForeignKey("core_document.id"), index=True, default=None)  # sealed, once accepted
    first_seen_at: Mapped[datetime | None] = mapped_column(default=None)
    last_seen_at: Mapped[datetime | None] = mapped_column(default=None)
    times_seen: Mapped[int] = mapped_column(default=0, server_default="0")
    reminded_days: Mapped[int | None] = mapped_column(default=None)  # before the last day, when the latest reminder went out
    asked_to_change: Mapped[str] = mapped_column(default="", server_default="")  # what the candidate would like otherwise
    asked_to_change_at: Mapped[datetime | None] = mapped_column(default=None)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decline_reason: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column()

    application: Mapped[Application] = relationship(lazy="raise")
    location: Mapped[Location] = relationship(lazy="raise")
    manager: Mapped[Person] = relationship(lazy="raise", foreign_keys=[manager_id])
    buddy: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[buddy_id])
    approver: Mapped[Person] = relationship(lazy="raise", foreign_keys=[approver_id])
    author: Mapped[Person] = relationship(lazy="raise", foreign_keys=[author_id])
    document: Mapped[IssuedDocument | None] = relationship(lazy="raise", foreign_keys=[document_id])
    signed_document: Mapped[IssuedDocument | None] = relationship(lazy="raise", foreign_keys=[signed_document_id])
    moves: Mapped[list["OfferMove"]] = relationship(lazy="raise", back_populates="offer", order_by="OfferMove.id")
    signature: Mapped["OfferSignature | None"] = relationship(lazy="raise", back_populates="offer")

    __mapper_args__ = {"version_id_col": version}


class OfferVersion(Identified, Base):
    """The terms of an offer as approval was asked for them. Never changed: what stands in the newest one is what is approved and sent."""

    __tablename__ = "hiring_offer_version"
    __table_args__ = (UniqueConstraint("offer_id", "number"),)

    offer_id: Mapped[int] = mapped_column(ForeignKey("hiring_offer.id"), index=True)
    number: Mapped[int]
    terms: Mapped[dict[str, Any]]
    sha256: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(default=now)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)

    made_by: Mapped[Person] = relationship(lazy="raise")


class OfferMove(Identified, Base):
    """A line of an offer's history. An approval is the move to `approved` by its approver."""

    __tablename__ = "hiring_offer_move"

    offer_id: Mapped[int] = mapped_column(ForeignKey("hiring_offer.id"), index=True)
    from_state: Mapped[OfferState | None] = mapped_column(default=None)
    to_state: Mapped[OfferState]
    at: Mapped[datetime] = mapped_column(default=now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")

    offer: Mapped[Offer] = relationship(lazy="raise", back_populates="moves")
    by: Mapped[Person | None] = relationship(lazy="raise")


class OfferSignature(Identified, Base):
    """How an offer was accepted: who typed which name, when, from where, under which exact document."""

    __tablename__ = "hiring_offer_signature"

    offer_id: Mapped[int] = mapped_column(ForeignKey("hiring_offer.id"), unique=True)
    typed_name: Mapped[str]
    statement: Mapped[str]  # the sentence that was agreed to
    signed_at: Mapped[datetime] = mapped_column(default=now)
    ip: Mapped[str]
    user_agent: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str]  # of the PDF that was shown

    offer: Mapped[Offer] = relationship(lazy="raise", back_populates="signature")
