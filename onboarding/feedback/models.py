"""Tables of feedback: what one colleague says to another, asked for or not, for the two of them or shared."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, Recorded
from core.people.models import Person


class Sight(StrEnum):
    """Who reads it: the two alone, or also the receiver's manager and human resources."""

    PRIVATE = "private"
    SHARED = "shared"


class Feedback(Recorded, Base):
    """What an author says to a receiver. Without `given_at` it was asked for and is not written yet."""

    __tablename__ = "onboarding_feedback"
    __table_args__ = (
        CheckConstraint("author_id <> receiver_id", name="two_people"),
        CheckConstraint("(given_at IS NULL) = (text = '')", name="given_with_text"),
        CheckConstraint("asked_at IS NOT NULL OR given_at IS NOT NULL", name="asked_or_given"),
        Index("ix_onboarding_feedback_receiver_id_given_at", "receiver_id", "given_at"),
        Index("ix_onboarding_feedback_author_id_given_at", "author_id", "given_at"),
    )

    author_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    receiver_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    sight: Mapped[Sight] = mapped_column(default=Sight.PRIVATE)
    question: Mapped[str] = mapped_column(default="")  # what the receiver wanted to know
    asked_at: Mapped[datetime | None] = mapped_column(default=None)
    text: Mapped[str] = mapped_column(default="")
    given_at: Mapped[datetime | None] = mapped_column(default=None)
    declined_at: Mapped[datetime | None] = mapped_column(default=None)

    author: Mapped[Person] = relationship(lazy="raise", foreign_keys=[author_id])
    receiver: Mapped[Person] = relationship(lazy="raise", foreign_keys=[receiver_id])
