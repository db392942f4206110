"""Reading who sits an exam, and what was noticed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from core.db import session
from core.errors import NotFound
from core.web.paging import Page, one_page
from training.exams.models import Attempt
from training.invigilation.models import FocusLoss


@dataclass(frozen=True)
class Away:
    """How often the page of an attempt was left, and for how many seconds in all."""

    times: int
    seconds: int


def sittings_page(course_id: int, *, number: int) -> Page[Attempt]:
    """One page of the attempts at a course (inner key), latest first, with person and version."""
    query = select(Attempt).where(Attempt.course_id == course_id).options(joinedload(Attempt.person), joinedload(Attempt.course_version))
    return one_page(query.order_by(Attempt.started_at.desc(), Attempt.id.desc()), number=number)


def get_sitting(attempt_id: UUID) -> Attempt:
    """The attempt, whoever sits it, with person, course and version. Raises NotFound."""
    parts = (Attempt.person, Attempt.course, Attempt.course_version)
    query = select(Attempt).where(Attempt.public_id == attempt_id).options(*(joinedload(part) for part in parts))
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def away_of(attempts: Sequence[Attempt]) -> dict[int, Away]:
    """Attempt (inner key) to how often and how long its page was left, for those where it was."""
    keys = [attempt.id for attempt in attempts]
    query = select(FocusLoss.attempt_id, func.count(), func.sum(FocusLoss.seconds)).where(FocusLoss.attempt_id.in_(keys))
    rows = session.execute(query.group_by(FocusLoss.attempt_id).order_by(FocusLoss.attempt_id))
    return {key: Away(times, int(seconds)) for key, times, seconds in rows}


def losses_of(attempt: Attempt) -> Sequence[FocusLoss]:
    """Each time the page of the attempt was left, in order."""
    return session.scalars(select(FocusLoss).where(FocusLoss.attempt_id == attempt.id).order_by(FocusLoss.noted_at, FocusLoss.id)).all()


def count_losses(attempt: Attempt) -> int:
    """How often the page of the attempt was left."""
    return session.scalars(select(func.count()).select_from(FocusLoss).where(FocusLoss.attempt_id == attempt.id)).one()
