"""Times offered to a candidate: one or several rounds of a day, who could sit in them, and when they could begin."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, Identified, Recorded
from core.people.models import Person
from core.workflow import Workflow
from hiring.applications.models import Application
from hiring.interviews.models import Interview, InterviewKind
from hiring.postings.models import Stage


class ProposalState(StrEnum):
    """What became of times that were offered."""

    OPEN = "open"
    PICKED = "picked"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


WORKFLOW = Workflow({ProposalState.OPEN: {ProposalState.PICKED, ProposalState.REFUSED, ProposalState.WITHDRAWN}})


class TimeProposal(Recorded, Base):
    """Times offered to one candidate, of which they pick one. What `message` says is read by candidate and interviewers."""

    __tablename__ = "hiring_time_proposal"

    application_id: Mapped[int] = mapped_column(ForeignKey("hiring_application.id"), index=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    state: Mapped[ProposalState] = mapped_column(default=ProposalState.OPEN)
    time_zone: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    meeting_url: Mapped[str] = mapped_column(default="")
    message: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column()

    application: Mapped[Application] = relationship(lazy="raise")
    made_by: Mapped[Person] = relationship(lazy="raise")
    rounds: Mapped[list["ProposedRound"]] = relationship(lazy="raise", back_populates="proposal", order_by="ProposedRound.position")
    times: Mapped[list["ProposedTime"]] = relationship(lazy="raise", back_populates="proposal", order_by="ProposedTime.starts_at")

    __mapper_args__ = {"version_id_col": version}


class ProposedRound(Identified, Base):
    """One conversation of what is offered; it has an interview once a time is picked."""

    __tablename__ = "hiring_proposed_round"
    __table_args__ = (UniqueConstraint("proposal_id", "position"), CheckConstraint("minutes BETWEEN 10 AND 480", name="length_in_range"))

    proposal_id: Mapped[int] = mapped_column(ForeignKey("hiring_time_proposal.id"), index=True)
    position: Mapped[int]
    stage_id: Mapped[int] = mapped_column(ForeignKey("hiring_stage.id"), index=True)
    kind: Mapped[InterviewKind]
    minutes: Mapped[int]
    questions: Mapped[str] = mapped_column(default="")
    plan_round_id: Mapped[int | None] = mapped_column(ForeignKey("hiring_plan_round.id"), index=True, default=None)
    interview_id: Mapped[int | None] = mapped_column(ForeignKey("hiring_interview.id"), index=True, default=None)

    proposal: Mapped[TimeProposal] = relationship(lazy="raise", back_populates="rounds")
    stage: Mapped[Stage] = relationship(lazy="raise")
    interview: Mapped[Interview | None] = relationship(lazy="raise")
    people: Mapped[list["ProposedSeat"]] = relationship(lazy="raise", back_populates="round", order_by="ProposedSeat.id")

    @property
    def seats(self) -> list[list[Person]]:
        """The seats in order, each with those of whom one takes it. Needs `people` with their persons."""
        found: dict[int, list[Person]] = {}
        for each in self.people:
            found.setdefault(each.seat, []).append(each.person)
        return [found[number] for number in sorted(found)]


class ProposedSeat(Identified, Base):
    """Somebody who could take a seat of a round. Where several could, one of them will."""

    __tablename__ = "hiring_proposed_seat"
    __table_args__ = (UniqueConstraint("round_id", "seat", "person_id"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("hiring_proposed_round.id"), index=True)
    seat: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)

    round: Mapped[ProposedRound] = relationship(lazy="raise", back_populates="people")
    person: Mapped[Person] = relationship(lazy="raise")


class ProposedTime(Identified, Base):
    """When the first round could begin."""

    __tablename__ = "hiring_proposed_time"
    __table_args__ = (UniqueConstraint("proposal_id", "starts_at"),)

    proposal_id: Mapped[int] = mapped_column(ForeignKey("hiring_time_proposal.id"), index=True)
    starts_at: Mapped[datetime]

    proposal: Mapped[TimeProposal] = relationship(lazy="raise", back_populates="times")
