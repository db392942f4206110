"""Reading times that were offered, and interviews that are near or over."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, func, or_, select, union, union_all
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from core.accounts.models import Account
from core.calendars.models import Booking
from core.clock import now, today
from core.db import session
from core.errors import NotFound
from core.mail.models import OutgoingMail
from core.people.models import Employment, Person, RoleGrant
from core.people.rights import RIGHTS_OF, Right
from hiring.applications.models import Application, ApplicationState, Candidate
from hiring.interviews.models import Interview, InterviewSeat, InterviewState, Scorecard, ScorecardState, SeatPart
from hiring.interviews.queries import keys_of_cards_owed, sits_in
from hiring.postings.models import Posting
from hiring.postings.queries import sees_posting
from hiring.scheduling.models import ProposalState, ProposedRound, ProposedSeat, TimeProposal

_WHOLE = (
    joinedload(TimeProposal.made_by),
    selectinload(TimeProposal.times),
    selectinload(TimeProposal.rounds).options(
        joinedload(ProposedRound.stage),
        joinedload(ProposedRound.interview).joinedload(Interview.booking),
        selectinload(ProposedRound.people).joinedload(ProposedSeat.person),
    ),
)
_WHOM = joinedload(Interview.application).options(joinedload(Application.candidate).joinedload(Candidate.person), joinedload(Application.posting))


def proposals_of(application: Application) -> Sequence[TimeProposal]:
    """Everything offered to the candidate, the latest first, with rounds, people, times and what was booked."""
    query = select(TimeProposal).where(TimeProposal.application_id == application.id).options(*_WHOLE)
    return session.scalars(query.order_by(TimeProposal.id.desc())).all()


def open_proposals(application: Application) -> Sequence[TimeProposal]:
    """What waits for the candidate to pick a time, the oldest first."""
    query = select(TimeProposal).where(TimeProposal.application_id == application.id, TimeProposal.state == ProposalState.OPEN)
    return session.scalars(query.order_by(TimeProposal.id)).all()


def get_proposal(proposal_id: UUID, *, application: Application, lock: bool = False) -> TimeProposal:
    """What was offered to this candidate, with rounds, people and times. Raises NotFound."""
    query = select(TimeProposal).where(TimeProposal.public_id == proposal_id, TimeProposal.application_id == application.id).options(*_WHOLE)
    if lock:
        query = query.with_for_update(of=TimeProposal).execution_options(populate_existing=True)
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def rounds_under_way(application: Application, keys: Sequence[int], *, now: datetime) -> frozenset[int]:
    """Which of these rounds of the plan stand before the candidate: planned and not over, or with times that are offered."""
    planned = select(Interview.round_id).join(Interview.booking).where(Interview.application_id == application.id, Interview.round_id.in_(keys))
    offered = select(ProposedRound.plan_round_id).join(ProposedRound.proposal)
    offered = offered.where(
        TimeProposal.application_id == application.id, ProposedRound.plan_round_id.in_(keys), TimeProposal.state == ProposalState.OPEN
    )
    standing = planned.where(Interview.state == InterviewState.PLANNED, Booking.ends_at > now)
    return frozenset(key for key in session.scalars(union(standing, offered)) if key is not None)


def interviews_near(after: datetime, until: datetime, *, invited_before: datetime) -> Sequence[Interview]:
    """Standing interviews that begin in between and of whose time nobody has been reminded, with all a reminder says."""
    query = (
        select(Interview)
        .join(Interview.booking)
        .join(Interview.application)
        .where(
            Interview.state == InterviewState.PLANNED,
            Application.state == ApplicationState.ACTIVE,
            Booking.starts_at > after,
            Booking.starts_at <= until,
            Booking.created_at <= invited_before,
            or_(Interview.reminded_for.is_(None), Interview.reminded_for != Booking.starts_at),
        )
        .order_by(Booking.starts_at, Interview.id)
        .options(contains_eager(Interview.booking), _WHOM, selectinload(Interview.seats).joinedload(InterviewSeat.person))
        .limit(200)
    )
    return session.scalars(query).all()


def seats_owing(*, ended_before: datetime) -> Sequence[InterviewSeat]:
    """Seats of those who came to an interview that is over, have sent no card and were not asked for it, with all a reminder says."""
    sent = exists().where(
        Scorecard.interview_id == InterviewSeat.interview_id, Scorecard.person_id == InterviewSeat.person_id, Scorecard.state == ScorecardState.SENT
    )
    query = (
        select(InterviewSeat)
        .join(InterviewSeat.interview)
        .join(Interview.booking)
        .join(Interview.application)
        .where(
            Interview.state == InterviewState.PLANNED,
            Application.state == ApplicationState.ACTIVE,
            Booking.ends_at <= ended_before,
            InterviewSeat.card_asked_at.is_(None),
            InterviewSeat.part == SeatPart.MEMBER,
            ~InterviewSeat.declined,
            ~sent,
        )
        .order_by(Booking.ends_at, InterviewSeat.id)
        .options(joinedload(InterviewSeat.person), contains_eager(InterviewSeat.interview).options(contains_eager(Interview.booking), _WHOM))
        .limit(200)
    )
    return session.scalars(query).all()


def interviews_on(begins: datetime, ends: datetime, *, viewer: Person) -> Sequence[Interview]:
    """The standing interviews of a stretch of time that the viewer may see, in order, with whom, what for and who sits in them."""
    query = (
        select(Interview)
        .join(Interview.booking)
        .join(Interview.application)
        .join(Application.posting)
        .where(
            Interview.state == InterviewState.PLANNED,
            Booking.starts_at >= begins,
            Booking.starts_at < ends,
            or_(sits_in(viewer), sees_posting(viewer)),
        )
        .order_by(Booking.starts_at, Interview.id)
        .options(contains_eager(Interview.booking), _WHOM, selectinload(Interview.seats).joinedload(InterviewSeat.person))
        .limit(100)
    )
    return session.scalars(query).all()


def seats_of(interview: Interview) -> Sequence[InterviewSeat]:
    """Who sits in the interview now, with their persons."""
    query = select(InterviewSeat).where(InterviewSeat.interview_id == interview.id).options(joinedload(InterviewSeat.person))
    return session.scalars(query.order_by(InterviewSeat.id)).all()


def picked_for(interviews: Sequence[Interview]) -> dict[int, UUID]:
    """Of the interviews those whose time was picked from an offer of one round: inner key → the offer."""
    keys = [interview.id for interview in interviews]
    alone = select(ProposedRound.proposal_id).group_by(ProposedRound.proposal_id).having(func.count() == 1)
    query = (
        select(ProposedRound.interview_id, TimeProposal.public_id)
        .join(ProposedRound.proposal)
        .where(ProposedRound.interview_id.in_(keys), TimeProposal.id.in_(alone))
        .order_by(ProposedRound.id)
    )
    return {row.interview_id: row.public_id for row in session.execute(query)}


def _cannot_come() -> ColumnElement[bool]:
    """The condition that whoever sits in a seat has left, has no account any more or may no longer interview. Who never was employed has not left."""
    person = InterviewSeat.person_id
    roles = [role for role, rights in RIGHTS_OF.items() if Right.INTERVIEW in rights]
    able = exists().where(RoleGrant.person_id == person, RoleGrant.role.in_(roles), RoleGrant.ended_at.is_(None))
    closed = exists().where(Account.person_id == person, Account.closed_at.is_not(None))
    once = exists().where(Employment.person_id == person, Employment.superseded_at.is_(None))
    still = once.where(or_(Employment.valid_to.is_(None), Employment.valid_to >= today()))
    return or_(~able, closed, and_(once, ~still))


def _to_fill() -> tuple[ColumnElement[bool], ...]:
    return (
        Interview.state == InterviewState.PLANNED,
        Application.state == ApplicationState.ACTIVE,
        Booking.starts_at > now(),
        InterviewSeat.part == SeatPart.MEMBER,
        ~InterviewSeat.declined,
        _cannot_come(),
    )


def _seats_to_fill() -> Select[InterviewSeat]:
    """Seats of planned interviews that have not begun whose people will not come and have not said so, the next one first, with all a mail says."""
    return (
        select(InterviewSeat)
        .join(InterviewSeat.interview)
        .join(Interview.booking)
        .join(Interview.application)
        .join(Application.posting)
        .where(*_to_fill())
        .order_by(Booking.starts_at, InterviewSeat.id)
        .options(
            joinedload(InterviewSeat.person),
            contains_eager(InterviewSeat.interview).options(
                contains_eager(Interview.booking).joinedload(Booking.organiser),
                contains_eager(Interview.application).options(
                    joinedload(Application.candidate).joinedload(Candidate.person),
                    contains_eager(Application.posting).joinedload(Posting.recruiter),
                ),
            ),
        )
    )


def who_cannot_come(interview: Interview) -> frozenset[int]:
    """The inner keys of the people in the interview's seats who have left or may no longer interview."""
    query = select(InterviewSeat.person_id).where(InterviewSeat.interview_id == interview.id, _cannot_come())
    return frozenset(session.scalars(query.order_by(InterviewSeat.id)))


def interviews_waiting_for(person: Person, *, may_fill: bool) -> Sequence[Row[Interview, str | None]]:
    """Interviews that wait for the person, in order of time: over, for their card, or, with `may_fill`, ahead, for somebody to take a seat.

    The latter are those the person called or of postings whose recruiter they are; beside each stands who will not come. One statement for both.
    """
    missing = (
        select(func.min(Person.name))
        .join(InterviewSeat, InterviewSeat.person_id == Person.id)
        .where(InterviewSeat.interview_id == Interview.id, InterviewSeat.part == SeatPart.MEMBER, ~InterviewSeat.declined, _cannot_come())
        .correlate(Interview)
        .scalar_subquery()
    )
    keys = [keys_of_cards_owed(person, now=now())]
    if may_fill:
        mine = or_(Posting.recruiter_id == person.id, Booking.organiser_id == person.id)
        ahead = select(Interview.id).join(Interview.seats).join(Interview.booking).join(Interview.application).join(Application.posting)
        keys.append(ahead.where(*_to_fill(), mine, sees_posting(person)))
    query = select(Interview, case((Booking.starts_at > now(), missing))).join(Interview.booking).where(Interview.id.in_(union_all(*keys)))
    query = query.order_by(Booking.starts_at, Interview.id).options(contains_eager(Interview.booking), _WHOM)
    return session.execute(query.limit(50)).all()


def seats_nobody_was_told_of(mail: str) -> Sequence[InterviewSeat]:
    """Seats to fill about which no such mail was ever written."""
    told = exists().where(OutgoingMail.about == InterviewSeat.public_id, OutgoingMail.name == mail)
    return session.scalars(_seats_to_fill().where(~told).limit(200)).all()
