"""Tables of policies: the texts people read and acknowledge, each version exactly as it was published."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Identified, Recorded
from core.people.models import Person


class Policy(Recorded, Base):
    """A policy, such as the code of conduct. `number` is the version in force."""

    __tablename__ = "onboarding_policy"

    title: Mapped[str] = mapped_column(unique=True)
    language: Mapped[str] = mapped_column(default="pt_BR")
    number: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    editions: Mapped[list["PolicyVersion"]] = relationship(lazy="raise", back_populates="policy", order_by="PolicyVersion.number.desc()")


class PolicyVersion(Recorded, Base):
    """The text of a policy as published once. It never changes; `sha256` is over exactly this text."""

    __tablename__ = "onboarding_policy_version"
    __table_args__ = (UniqueConstraint("policy_id", "number"),)

    policy_id: Mapped[int] = mapped_column(ForeignKey("onboarding_policy.id"), index=True)
    number: Mapped[int]
    text: Mapped[str]  # Markdown
    summary: Mapped[str] = mapped_column(default="")  # what changed since the version before
    sha256: Mapped[str]
    asks_again: Mapped[bool] = mapped_column(default=True, server_default=true())  # whether those who acknowledged an earlier one are asked again
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, default=None)

    policy: Mapped[Policy] = relationship(lazy="raise", back_populates="editions")
    published_by: Mapped[Person | None] = relationship(lazy="raise")


class Acknowledgement(Identified, Base):
    """A person's word that they read one version: the name they typed, when, and the hash of the text they saw."""

    __tablename__ = "onboarding_acknowledgement"
    __table_args__ = (UniqueConstraint("policy_version_id", "person_id"),)

    policy_version_id: Mapped[int] = mapped_column(ForeignKey("onboarding_policy_version.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    typed_name: Mapped[str]
    sha256: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)

    policy_version: Mapped[PolicyVersion] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
