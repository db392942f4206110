"""Searches that somebody keeps, and what they have been told of."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified, Recorded
from core.people.models import Person


class SavedSearch(Recorded, Base):
    """A query under a name. With `alerts`, its owner is told once a day of applications that came after `last_key` and fit."""

    __tablename__ = "hiring_saved_search"
    __table_args__ = (UniqueConstraint("owner_id", "name"),)

    owner_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    name: Mapped[str]
    query: Mapped[str]
    alerts: Mapped[bool] = mapped_column(default=True, index=True)
    last_key: Mapped[int] = mapped_column(default=0)  # the newest application when it was saved
    told_on: Mapped[date | None] = mapped_column(default=None)

    owner: Mapped[Person] = relationship(lazy="raise")


class ToldHit(Identified, Base):
    """That the owner of a saved search has been told of an application: nobody is told twice."""

    __tablename__ = "hiring_saved_search_hit"
    __table_args__ = (UniqueConstraint("saved_search_id", "application_id"),)

    saved_search_id: Mapped[int] = mapped_column(ForeignKey("hiring_saved_search.id", ondelete="CASCADE"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("hiring_application.id"), index=True)
    told_at: Mapped[datetime] = mapped_column(default=now)
