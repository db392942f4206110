"""Tables of teams that share a queue of onboarding tasks, such as facilities or the payroll desk."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, Identified, Recorded
from core.people.models import Person


class Team(Recorded, Base):
    """People who do tasks of onboardings together: whoever comes first does them."""

    __tablename__ = "onboarding_team"

    name: Mapped[str] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    memberships: Mapped[list["TeamMembership"]] = relationship(
        lazy="raise", back_populates="team", order_by="TeamMembership.id", cascade="all, delete-orphan"
    )


class TeamMembership(Identified, Base):
    """A person in a team."""

    __tablename__ = "onboarding_team_membership"
    __table_args__ = (UniqueConstraint("team_id", "person_id"),)

    team_id: Mapped[int] = mapped_column(ForeignKey("onboarding_team.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)

    team: Mapped[Team] = relationship(lazy="raise", back_populates="memberships")
    person: Mapped[Person] = relationship(lazy="raise")
