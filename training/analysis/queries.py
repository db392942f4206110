"""Reading the graded attempts at a version, for figures about its questions. Whose they are is never read."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from core.db import session
from core.errors import NotFound
from training.catalogue.models import CourseVersion
from training.exams.models import Attempt, AttemptState, Response
from training.items.models import Item


@dataclass(frozen=True)
class Answered:
    """An answer of an attempt: what it earned, as an exact fraction, and when it was saved last."""

    item_id: int
    answer: dict[str, Any]
    earned: str
    saved_at: datetime


@dataclass(frozen=True)
class Graded:
    """A graded attempt without the person: what it asked, when it began, and its answers."""

    drawn: list[Any]
    started_at: datetime
    answers: Sequence[Answered]


def get_version(version_id: UUID) -> CourseVersion:
    """The version with course and questions with options. Raises NotFound."""
    query = select(CourseVersion).where(CourseVersion.public_id == version_id)
    query = query.options(joinedload(CourseVersion.course), selectinload(CourseVersion.items).selectinload(Item.options))
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def graded(version: CourseVersion, *, first_only: bool) -> list[Graded]:
    """The graded attempts, in the order they were handed in; only each person's first, or all."""
    chosen = [Attempt.version_id == version.id, Attempt.state == AttemptState.SUBMITTED]
    if first_only:
        chosen.append(Attempt.number == 1)
    answers: dict[int, list[Answered]] = defaultdict(list)
    wanted = (
        select(Response.attempt_id, Response.item_id, Response.answer, Response.earned, Response.saved_at)
        .join(Attempt, Attempt.id == Response.attempt_id)
        .where(*chosen)
        .order_by(Response.attempt_id, Response.id)
    )
    for attempt_id, item_id, answer, earned, saved_at in session.execute(wanted):
        answers[attempt_id].append(Answered(item_id, answer, earned, saved_at))
    attempts = select(Attempt.id, Attempt.drawn, Attempt.started_at).where(*chosen).order_by(Attempt.submitted_at, Attempt.id)
    return [Graded(drawn, started_at, answers[key]) for key, drawn, started_at in session.execute(attempts)]
