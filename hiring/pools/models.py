"""Talent pools and who is in them."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified, Recorded
from core.people.models import Person
from hiring.applications.models import Application


class Pool(Recorded, Base):
    """People to think of when something fits. `folded` is the name without case and accents."""

    __tablename__ = "hiring_pool"

    name: Mapped[str]
    folded: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str] = mapped_column(default="")
    owner_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)

    owner: Mapped[Person] = relationship(lazy="raise")


class PoolMember(Identified, Base):
    """That a candidate, by way of one application, is in a pool, and why."""

    __tablename__ = "hiring_pool_member"
    __table_args__ = (UniqueConstraint("pool_id", "application_id"),)

    pool_id: Mapped[int] = mapped_column(ForeignKey("hiring_pool.id"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("hiring_application.id"), index=True)
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    added_at: Mapped[datetime] = mapped_column(default=now)

    application: Mapped[Application] = relationship(lazy="raise")
    by: Mapped[Person] = relationship(lazy="raise")
