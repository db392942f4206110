"""Reading pools of interviewers, and how far those in training have come."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from core.calendars.models import Booking
from core.db import session
from core.errors import NotFound
from hiring.interviewers.models import InterviewerPool, PooledInterviewer
from hiring.interviews.models import Interview, InterviewSeat, InterviewState, SeatPart

_PEOPLE = selectinload(InterviewerPool.interviewers).joinedload(PooledInterviewer.person)


def interviewer_pools(*, closed: bool = False) -> Sequence[InterviewerPool]:
    """The pools with their people, by name; also closed ones where asked."""
    query = select(InterviewerPool).options(_PEOPLE).order_by(InterviewerPool.name, InterviewerPool.id)
    return session.scalars(query if closed else query.where(InterviewerPool.closed_at.is_(None))).all()


def get_interviewer_pool(pool_id: UUID) -> InterviewerPool:
    """One pool with its people. Raises NotFound."""
    found = session.scalars(select(InterviewerPool).where(InterviewerPool.public_id == pool_id).options(_PEOPLE)).one_or_none()
    if found is None:
        raise NotFound
    return found


def training_of(pooled: Iterable[PooledInterviewer], *, now: datetime) -> dict[int, dict[SeatPart, int]]:
    """How many interviews each person in training has watched and led, since joining their pool, by the inner key of their place in it."""
    learning = [each for each in pooled if each.qualified_at is None]
    if not learning:
        return {}
    query = (
        select(PooledInterviewer.id, InterviewSeat.part, func.count(InterviewSeat.id))
        .join(InterviewSeat, InterviewSeat.person_id == PooledInterviewer.person_id)
        .join(Interview, Interview.id == InterviewSeat.interview_id)
        .join(Booking, Booking.id == Interview.booking_id)
        .where(
            PooledInterviewer.id.in_([each.id for each in learning]),
            InterviewSeat.part != SeatPart.MEMBER,
            ~InterviewSeat.declined,
            Interview.state == InterviewState.PLANNED,
            Booking.ends_at <= now,
            Booking.ends_at > PooledInterviewer.joined_at,
        )
        .group_by(PooledInterviewer.id, InterviewSeat.part)
        .order_by(PooledInterviewer.id, InterviewSeat.part)
    )
    found: dict[int, dict[SeatPart, int]] = {each.id: {} for each in learning}
    for key, part, count in session.execute(query):
        found[key][part] = count
    return found


def pooled_people(pool: InterviewerPool) -> list[PooledInterviewer]:
    """The qualified people of a pool, in the order they came. Needs its interviewers with their people."""
    return [each for each in pool.interviewers if each.qualified_at is not None]


def pools_by_public_id(keys: Iterable[UUID]) -> dict[UUID, InterviewerPool]:
    """The open pools with these public ids."""
    query = select(InterviewerPool).where(InterviewerPool.public_id.in_(list(keys)), InterviewerPool.closed_at.is_(None))
    return {pool.public_id: pool for pool in session.scalars(query.order_by(InterviewerPool.id))}
