"""Accounts with which staff sign in, and private links for those who have none."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from flask_login import UserMixin
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified, Recorded
from core.people.models import Person


class Account(Recorded, UserMixin, Base):
    """A way to sign in. Without a password the person has been invited and has not answered yet."""

    __tablename__ = "core_account"

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), unique=True)
    email: Mapped[str] = mapped_column(unique=True)  # case-folded
    password_hash: Mapped[str | None] = mapped_column(default=None)
    stamp: Mapped[UUID] = mapped_column(default=uuid4)  # changes with the password: older sessions end
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column()

    person: Mapped[Person] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_active(self) -> bool:
        """Whether the account may be used."""
        return self.closed_at is None and self.password_hash is not None

    def get_id(self) -> str:
        """What the session cookie keeps: the account and its stamp."""
        return f"{self.public_id.hex}.{self.stamp.hex}"


class Purpose(StrEnum):
    """What a private link is for. A link serves one purpose."""

    APPLICATION = "application"
    OFFER = "offer"
    INVITATION = "invitation"
    PASSWORD = "password"  # noqa: S105 - what a link is for
    PREBOARDING = "preboarding"
    SURVEY = "survey"


class PrivateLink(Identified, Base):
    """A link that opens one thing to whoever holds it. Only a hash of its token is kept."""

    __tablename__ = "core_private_link"

    purpose: Mapped[Purpose]
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    subject_id: Mapped[UUID | None] = mapped_column(index=True)  # public id of what it opens
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    spent_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)

    person: Mapped[Person] = relationship(lazy="raise")
