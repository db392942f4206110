"""Interviews: rounds of an application, who sits in them, and the scorecards they leave."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, exists, false, select, true
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from core.calendars.models import Answer, Booking, BookingAttendee
from core.clock import now
from core.db import Base, Identified, Recorded
from core.people.models import Person
from core.workflow import Workflow
from hiring.applications.models import Application
from hiring.postings.models import Stage


class InterviewKind(StrEnum):
    """What sort of conversation it is."""

    FIRST = "first"
    BEHAVIOURAL = "behavioural"
    SITUATIONAL = "situational"
    TECHNICAL = "technical"
    PANEL = "panel"
    GROUP = "group"
    EXECUTIVE = "executive"


class InterviewState(StrEnum):
    """Whether an interview stands."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


# who was thought not to come may have been late
WORKFLOW = Workflow({InterviewState.PLANNED: {InterviewState.CANCELLED, InterviewState.NO_SHOW}, InterviewState.NO_SHOW: {InterviewState.PLANNED}})


class SeatPart(StrEnum):
    """As what somebody sits in an interview. People in training watch, or lead while somebody watches; what they find counts nowhere."""

    MEMBER = "member"
    SHADOW = "shadow"
    REVERSE_SHADOW = "reverse_shadow"


class Interview(Recorded, Base):
    """One conversation with one candidate, in one stage. Its time and place are the booking's."""

    __tablename__ = "hiring_interview"

    application_id: Mapped[int] = mapped_column(ForeignKey("hiring_application.id"), index=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("hiring_stage.id"), index=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("core_booking.id"), unique=True)
    kind: Mapped[InterviewKind] = mapped_column(default=InterviewKind.FIRST)
    state: Mapped[InterviewState] = mapped_column(default=InterviewState.PLANNED)
    questions: Mapped[str] = mapped_column(default="")  # Markdown: what to ask and what a good answer shows; never sent to the candidate
    round_id: Mapped[int | None] = mapped_column(ForeignKey("hiring_plan_round.id"), index=True, default=None)  # the round of the plan it is
    cards_required: Mapped[bool] = mapped_column(default=True, server_default=true())  # nobody goes on before each member has sent theirs
    reminded_for: Mapped[datetime | None] = mapped_column(default=None)  # the time everybody was reminded of
    version: Mapped[int] = mapped_column()

    application: Mapped[Application] = relationship(lazy="raise")
    stage: Mapped[Stage] = relationship(lazy="raise")
    booking: Mapped[Booking] = relationship(lazy="raise")
    seats: Mapped[list["InterviewSeat"]] = relationship(lazy="raise", back_populates="interview", order_by="InterviewSeat.id")
    scorecards: Mapped[list["Scorecard"]] = relationship(lazy="raise", back_populates="interview", order_by="Scorecard.id")
    covered: Mapped[list["InterviewCriterion"]] = relationship(lazy="raise", order_by="InterviewCriterion.id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def members(self) -> list["InterviewSeat"]:
        """The seats of those who count: without people in training. Needs seats."""
        return [seat for seat in self.seats if seat.part is SeatPart.MEMBER]

    @property
    def counted_cards(self) -> list["Scorecard"]:
        """The cards that were sent and count. Needs scorecards."""
        return [card for card in self.scorecards if card.state is ScorecardState.SENT and not card.in_training]


class InterviewCriterion(Identified, Base):
    """A criterion that this interview is to find out about, as the plan said when it was booked. Without any it is about all of them."""

    __tablename__ = "hiring_interview_criterion"
    __table_args__ = (UniqueConstraint("interview_id", "criterion_id"),)

    interview_id: Mapped[int] = mapped_column(ForeignKey("hiring_interview.id"), index=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("hiring_criterion.id"), index=True)


class InterviewSeat(Identified, Base):
    """A place in an interview; each member owes a scorecard, unless they declined the invitation."""

    __tablename__ = "hiring_interview_seat"
    __table_args__ = (UniqueConstraint("interview_id", "person_id"),)

    interview_id: Mapped[int] = mapped_column(ForeignKey("hiring_interview.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    part: Mapped[SeatPart] = mapped_column(default=SeatPart.MEMBER, server_default=SeatPart.MEMBER.value)

    if TYPE_CHECKING:
        declined: Mapped[bool]
    card_asked_at: Mapped[datetime | None] = mapped_column(default=None)  # when a reminder of the card went out

    interview: Mapped[Interview] = relationship(lazy="raise", back_populates="seats")
    person: Mapped[Person] = relationship(lazy="raise")


_ANSWER = select(BookingAttendee.id).join(Interview, Interview.booking_id == BookingAttendee.booking_id)
_ANSWER = _ANSWER.where(Interview.id == InterviewSeat.interview_id, BookingAttendee.person_id == InterviewSeat.person_id)
# what the interviewer said to the invitation: asked for, so that it cannot differ from the calendar
InterviewSeat.declined = column_property(exists(_ANSWER.where(BookingAttendee.answer == Answer.DECLINED).correlate(InterviewSeat)))


class Recommendation(StrEnum):
    """What an interviewer recommends. There is no middle: each card takes a side."""

    STRONG_NO = "strong_no"
    NO = "no"
    YES = "yes"
    STRONG_YES = "strong_yes"


class ScorecardState(StrEnum):
    """Whether a card is still its author's own or has been sent for good."""

    DRAFT = "draft"
    SENT = "sent"


class Scorecard(Recorded, Base):
    """What one interviewer found. A draft is seen by its author alone; a sent card changes only by an amendment, which keeps what it said."""

    __tablename__ = "hiring_scorecard"
    __table_args__ = (
        UniqueConstraint("interview_id", "person_id"),
        CheckConstraint("state <> 'sent' OR (recommendation IS NOT NULL AND sent_at IS NOT NULL)", name="sent_whole"),
    )

    interview_id: Mapped[int] = mapped_column(ForeignKey("hiring_interview.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    state: Mapped[ScorecardState] = mapped_column(default=ScorecardState.DRAFT)
    recommendation: Mapped[Recommendation | None] = mapped_column(default=None)
    in_training: Mapped[bool] = mapped_column(default=False, server_default=false())  # written to learn: in no total, decision or export
    evidence: Mapped[str] = mapped_column(default="")
    still_open: Mapped[str] = mapped_column(default="", server_default="")  # what the next round should ask
    private_note: Mapped[str] = mapped_column(default="")  # its author's own, for ever
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column()

    interview: Mapped[Interview] = relationship(lazy="raise", back_populates="scorecards")
    person: Mapped[Person] = relationship(lazy="raise")
    marks: Mapped[list["ScorecardMark"]] = relationship(lazy="raise", back_populates="scorecard", order_by="ScorecardMark.criterion_id")
    amendments: Mapped[list["ScorecardAmendment"]] = relationship(
        lazy="raise", back_populates="scorecard", order_by="(ScorecardAmendment.at, ScorecardAmendment.id)"
    )

    @property
    def rows(self) -> list[tuple[int, int | None, str]]:
        """Inner key of the criterion, mark or nothing, and evidence, where the card says something. Needs marks."""
        return sorted((row.criterion_id, row.mark, row.evidence) for row in self.marks if row.mark is not None or row.evidence)

    __mapper_args__ = {"version_id_col": version}


class ScorecardMark(Identified, Base):
    """A mark for one criterion, 1 not shown to 4 clearly shown, and what was heard or seen; evidence may stand alone."""

    __tablename__ = "hiring_scorecard_mark"
    __table_args__ = (
        UniqueConstraint("scorecard_id", "criterion_id"),
        CheckConstraint("mark BETWEEN 1 AND 4", name="mark_in_range"),
    )

    scorecard_id: Mapped[int] = mapped_column(ForeignKey("hiring_scorecard.id"), index=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("hiring_criterion.id"), index=True)
    mark: Mapped[int | None] = mapped_column(default=None)
    evidence: Mapped[str] = mapped_column(default="")

    scorecard: Mapped[Scorecard] = relationship(lazy="raise", back_populates="marks")


class ScorecardAmendment(Identified, Base):
    """A change to a sent card: why, and everything the card said before."""

    __tablename__ = "hiring_scorecard_amendment"

    scorecard_id: Mapped[int] = mapped_column(ForeignKey("hiring_scorecard.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    reason: Mapped[str]
    recommendation: Mapped[Recommendation]
    evidence: Mapped[str] = mapped_column(default="")
    still_open: Mapped[str] = mapped_column(default="")
    marks: Mapped[list[Any]] = mapped_column(default=list)  # inner key of the criterion, mark or nothing, evidence

    scorecard: Mapped[Scorecard] = relationship(lazy="raise", back_populates="amendments")
