"""Reading interview plans."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from core.db import session
from core.errors import NotFound
from hiring.interviewers.models import InterviewerPool, PooledInterviewer
from hiring.plans.models import PlanRound, RoundCriterion, RoundSeat
from hiring.postings.models import Posting

_POOL = joinedload(RoundSeat.pool).selectinload(InterviewerPool.interviewers).joinedload(PooledInterviewer.person)
_WHOLE = (
    joinedload(PlanRound.stage),
    selectinload(PlanRound.questions),
    selectinload(PlanRound.covered).joinedload(RoundCriterion.criterion),
    selectinload(PlanRound.seats).options(joinedload(RoundSeat.person), _POOL),
)


def plan_of(posting: Posting) -> Sequence[PlanRound]:
    """The rounds of a posting's plan in order, with kits, criteria, and seats with their people."""
    query = select(PlanRound).where(PlanRound.posting_id == posting.id, PlanRound.removed_at.is_(None))
    return session.scalars(query.order_by(PlanRound.position, PlanRound.id).options(*_WHOLE)).all()


def round_of(posting: Posting, round_id: UUID) -> PlanRound:
    """One round of this posting's plan, whole. Raises NotFound."""
    query = select(PlanRound).where(PlanRound.posting_id == posting.id, PlanRound.public_id == round_id, PlanRound.removed_at.is_(None))
    found = session.scalars(query.options(*_WHOLE)).one_or_none()
    if found is None:
        raise NotFound
    return found


def rounds_by_key(keys: Collection[int]) -> dict[int, PlanRound]:
    """These rounds with the criteria they cover, by inner key; also those taken out of the plan since."""
    query = select(PlanRound).where(PlanRound.id.in_(keys)).options(selectinload(PlanRound.covered)).order_by(PlanRound.id)
    return {each.id: each for each in session.scalars(query)} if keys else {}
