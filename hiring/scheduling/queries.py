"""Reading times that were offered."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from core.db import session
from core.errors import NotFound
from hiring.applications.models import Application
from hiring.interviews.models import Interview
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
