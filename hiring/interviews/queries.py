"""Reading interviews: those of an application, and those a person sits in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from core.calendars.models import Booking
from core.clock import now
from core.db import session
from core.errors import NotFound
from core.people.models import Person
from core.web.paging import Page, one_page_of
from hiring.applications.models import Answer, Application, ApplicationState, Candidate
from hiring.interviews.models import Interview, InterviewKind, InterviewSeat, InterviewState, Scorecard, ScorecardAmendment, ScorecardState, SeatPart
from hiring.postings.models import Posting
from hiring.postings.queries import sees_posting

_CARDS = selectinload(Interview.scorecards).options(joinedload(Scorecard.person), selectinload(Scorecard.marks))
_SEATS = selectinload(Interview.seats).joinedload(InterviewSeat.person)
_WHOM = joinedload(Interview.application).options(
    joinedload(Application.candidate).joinedload(Candidate.person), joinedload(Application.posting), joinedload(Application.resume)
)


def sits_in(person: Person) -> ColumnElement[bool]:
    """The condition that the person has a seat in an interview that was not cancelled and, where they declined, may still come: it is not over.

    Nobody goes on reading about a candidate whom they will not meet or have not met.
    """
    seat = select(InterviewSeat.interview_id).where(InterviewSeat.person_id == person.id)
    over = select(Booking.id).where(Booking.id == Interview.booking_id, Booking.ends_at <= now()).correlate(Interview).exists()
    coming = or_(Interview.id.in_(seat.where(~InterviewSeat.declined)), and_(Interview.id.in_(seat), ~over))
    return and_(Interview.state != InterviewState.CANCELLED, coming)


def get_interview(interview_id: UUID, *, viewer: Person) -> Interview:
    """The interview with application, booking, seats and cards, for its interviewers and those who see the posting. Raises NotFound."""
    query = (
        select(Interview)
        .join(Application, Application.id == Interview.application_id)
        .join(Posting, Posting.id == Application.posting_id)
        .where(Interview.public_id == interview_id, or_(sits_in(viewer), sees_posting(viewer)))
        .options(_WHOM, joinedload(Interview.booking), joinedload(Interview.stage), _SEATS, _CARDS, selectinload(Interview.covered))
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def interviews_of(application: Application) -> Sequence[Interview]:
    """Every interview of the application in order of time, with booking, stage, seats and cards."""
    query = (
        select(Interview)
        .join(Interview.booking)
        .where(Interview.application_id == application.id)
        .order_by(Booking.starts_at, Interview.id)
        .options(contains_eager(Interview.booking), joinedload(Interview.stage), joinedload(Interview.seats).joinedload(InterviewSeat.person), _CARDS)
    )
    return session.scalars(query).unique().all()


def next_interviews_of(application: Application, *, after: datetime) -> Sequence[Interview]:
    """The standing interviews that have not ended, in order of time, with their bookings: all a candidate is shown."""
    query = (
        select(Interview)
        .join(Interview.booking)
        .where(Interview.application_id == application.id, Interview.state == InterviewState.PLANNED, Booking.ends_at > after)
        .order_by(Booking.starts_at, Interview.id)
        .options(contains_eager(Interview.booking))
    )
    return session.scalars(query).all()


@dataclass(frozen=True)
class MyInterview:
    """An interview as one of its interviewers finds it in their list; `sent_at` is when they sent their card."""

    public_id: UUID
    kind: InterviewKind
    starts_at: datetime
    candidate: str
    posting: str
    sent_at: datetime | None


def my_interviews(person: Person, *, number: int) -> Page[MyInterview]:
    """One page of the standing interviews the person sits in, latest first, with when they sent their own card."""
    query = (
        select(Interview.public_id, Interview.kind, Booking.starts_at, Person.name, Posting.title, Scorecard.sent_at)
        .join(Interview.booking)
        .join(Interview.application)
        .join(Posting, Posting.id == Application.posting_id)
        .join(Application.candidate)
        .join(Candidate.person)
        .outerjoin(Scorecard, and_(Scorecard.interview_id == Interview.id, Scorecard.person_id == person.id))
        .where(sits_in(person), Interview.state == InterviewState.PLANNED)
        .order_by(Booking.starts_at.desc(), Interview.id.desc())
    )
    return one_page_of(MyInterview, query, number=number, size=25)


def keys_of_cards_owed(person: Person, *, now: datetime) -> Select[int]:
    """The inner keys of interviews that are over, of open applications, to which the person came and for which they have not sent a card."""
    sent = select(Scorecard.interview_id).where(Scorecard.person_id == person.id, Scorecard.state == ScorecardState.SENT)
    owing = select(InterviewSeat.interview_id).where(
        InterviewSeat.person_id == person.id, InterviewSeat.part == SeatPart.MEMBER, ~InterviewSeat.declined
    )
    return (
        select(Interview.id)
        .join(Interview.booking)
        .join(Interview.application)
        .where(
            Interview.id.in_(owing),
            Interview.state == InterviewState.PLANNED,
            Booking.ends_at <= now,
            Application.state == ApplicationState.ACTIVE,
            Interview.id.not_in(sent),
        )
    )


def cards_owed(person: Person, *, now: datetime) -> Sequence[Interview]:
    """The interviews for which the person still owes a card, oldest first."""
    query = select(Interview).join(Interview.booking).where(Interview.id.in_(keys_of_cards_owed(person, now=now)))
    return session.scalars(query.order_by(Booking.starts_at, Interview.id).options(contains_eager(Interview.booking), _WHOM).limit(50)).all()


def answers_of(application: Application) -> Sequence[Answer]:
    """The candidate's answers with their questions, in order."""
    return session.scalars(
        select(Answer).where(Answer.application_id == application.id).options(joinedload(Answer.question)).order_by(Answer.id)
    ).all()


def amendments_of(cards: Sequence[Scorecard]) -> dict[int, list[ScorecardAmendment]]:
    """What changed on sent cards, in order, by the inner key of the card."""
    query = select(ScorecardAmendment).where(ScorecardAmendment.scorecard_id.in_([card.id for card in cards]))
    found: dict[int, list[ScorecardAmendment]] = {}
    for amendment in session.scalars(query.order_by(ScorecardAmendment.at, ScorecardAmendment.id)) if cards else ():
        found.setdefault(amendment.scorecard_id, []).append(amendment)
    return found


def lock_card(interview: Interview, person: Person) -> Scorecard | None:
    """The person's card for the interview with its marks, held until the transaction ends."""
    query = (
        select(Scorecard)
        .where(Scorecard.interview_id == interview.id, Scorecard.person_id == person.id)
        .options(selectinload(Scorecard.marks))
        .with_for_update(of=Scorecard, key_share=True)
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).one_or_none()
