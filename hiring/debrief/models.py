"""What a panel decided about a candidate."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified
from core.people.models import Person
from hiring.applications.models import Application


class PanelVerdict(StrEnum):
    """What the panel says. An offer or a letter follows by its own hand."""

    RECOMMENDED = "recommended"
    ANOTHER_ROUND = "another_round"
    NOT_RECOMMENDED = "not_recommended"


class PanelDecision(Identified, Base):
    """One decision with its reason, and the figures of the cards it was made from. The latest one holds; earlier ones stay readable."""

    __tablename__ = "hiring_panel_decision"
    __table_args__ = (CheckConstraint("reason <> ''", name="has_reason"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("hiring_application.id"), index=True)
    verdict: Mapped[PanelVerdict]
    reason: Mapped[str]
    decided_at: Mapped[datetime] = mapped_column(default=now)
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    cards: Mapped[list[Any]] = mapped_column(default=list)  # as `hiring.debrief.record.figures` writes them: no words about anybody
    fingerprint: Mapped[str]  # SHA-256 of everything the cards said then, in hexadecimal

    application: Mapped[Application] = relationship(lazy="raise")
    decided_by: Mapped[Person] = relationship(lazy="raise")
