"""Counting what figures are summed from, in the background."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, insert, select

from core.calendars.models import Booking
from core.clock import now
from core.db import session
from hiring.applications.models import Application, ApplicationMove, ApplicationState
from hiring.insight.models import InsightCount, Measure
from hiring.interviews.models import Interview, InterviewSeat, InterviewState, Scorecard, ScorecardState, SeatPart
from hiring.offers.models import Offer
from hiring.postings.models import Posting, Stage, StageKind

BATCH = 2000
LEVELS = (StageKind.NEW, StageKind.SCREENING, StageKind.INTERVIEW, StageKind.OFFER, StageKind.HIRED)
CARD_IN_TIME = timedelta(hours=24)  # after the interview's end


@dataclass(frozen=True)
class _Key:
    posting: int
    month: date
    measure: Measure
    label: str = ""
    person: int | None = None
    days: int | None = None


def count_insight() -> int:
    """Make the counts anew. Returns how many rows there are."""
    counted: Counter[_Key] = Counter()
    for part in (_applications(), _stays(), _offers(), _interviews()):
        counted.update(part)
    session.execute(delete(InsightCount))
    at = now()
    rows = [
        {
            "public_id": uuid4(),
            "posting_id": key.posting,
            "month_on": key.month,
            "measure": key.measure,
            "label": key.label,
            "person_id": key.person,
            "days": key.days,
            "number": number,
            "counted_at": at,
        }
        for key, number in counted.items()
    ]
    for first in range(0, len(rows), BATCH):
        session.execute(insert(InsightCount), rows[first : first + BATCH])
    return len(rows)


def _month(instant: datetime) -> date:
    return instant.date().replace(day=1)


def _applications() -> Iterator[_Key]:
    query = (
        select(
            Application.posting_id,
            Application.applied_at,
            Application.state,
            Application.source,
            Application.decline_reason,
            Stage.kind,
        )
        .join(Application.stage)
        .order_by(Application.id)
        .execution_options(yield_per=BATCH)
    )
    for row in session.execute(query):
        month = _month(row.applied_at)
        hired = row.state is ApplicationState.HIRED
        level = len(LEVELS) - 1 if hired else min(LEVELS.index(row.kind), len(LEVELS) - 2)
        for kind in LEVELS[: level + 1]:
            yield _Key(row.posting_id, month, Measure.REACHED, kind.value)
        yield _Key(row.posting_id, month, Measure.SOURCE, row.source)
        if hired:
            yield _Key(row.posting_id, month, Measure.SOURCE_HIRED, row.source)
        if row.decline_reason is not None:
            yield _Key(row.posting_id, month, Measure.REASON, row.decline_reason.value)


def _stays() -> Iterator[_Key]:
    """How long each stage took of those that ended, and how long it took to hire."""
    query = (
        select(
            ApplicationMove.application_id,
            ApplicationMove.at,
            ApplicationMove.to_state,
            Stage.kind,
            Application.state,
            Application.posting_id,
            Application.applied_at,
            Posting.opened_at,
        )
        .join(Application, Application.id == ApplicationMove.application_id)
        .join(Posting, Posting.id == Application.posting_id)
        .join(Stage, Stage.id == ApplicationMove.to_stage_id)
        .order_by(ApplicationMove.application_id, ApplicationMove.at, ApplicationMove.id)
        .execution_options(yield_per=BATCH)
    )
    for _application, moves in groupby(session.execute(query), key=lambda row: row.application_id):
        yield from _stays_of(list(moves))


def _stays_of(moves: list[Any]) -> Iterator[_Key]:
    first = moves[0]
    month = _month(first.applied_at)
    since, kind, waits = first.at, first.kind, first.to_state is ApplicationState.ACTIVE
    for move in moves[1:]:
        goes_on = move.to_state is ApplicationState.ACTIVE
        if waits and (move.kind is not kind or not goes_on):
            yield _Key(first.posting_id, month, Measure.STAGE_DAYS, kind.value, days=max(0, (move.at - since).days))
        if move.kind is not kind or goes_on is not waits:  # whoever is taken up again begins anew; the days between count nowhere
            since, kind, waits = move.at, move.kind, goes_on
        if move.to_state is ApplicationState.HIRED and first.state is ApplicationState.HIRED:  # whoever did not start was not hired
            yield _Key(first.posting_id, month, Measure.HIRE_DAYS, days=max(0, (move.at - first.applied_at).days))
            if first.opened_at is not None:
                yield _Key(first.posting_id, month, Measure.FILL_DAYS, days=max(0, (move.at - first.opened_at).days))


def _offers() -> Iterator[_Key]:
    query = select(Application.posting_id, Application.applied_at, Offer.state).join(Application, Application.id == Offer.application_id)
    for row in session.execute(query.where(Offer.sent_at.is_not(None)).order_by(Offer.id)):
        yield _Key(row.posting_id, _month(row.applied_at), Measure.OFFER, row.state.value)


def _interviews() -> Iterator[_Key]:
    """Interviews that took place by interviewer, and whether their scorecards came within a day."""
    query = (
        select(Application.posting_id, Booking.starts_at, Booking.ends_at, InterviewSeat.person_id, Scorecard.state, Scorecard.sent_at)
        .select_from(InterviewSeat)
        .join(Interview, Interview.id == InterviewSeat.interview_id)
        .join(Application, Application.id == Interview.application_id)
        .join(Booking, Booking.id == Interview.booking_id)
        .outerjoin(Scorecard, (Scorecard.interview_id == Interview.id) & (Scorecard.person_id == InterviewSeat.person_id))
        .where(Interview.state == InterviewState.PLANNED, InterviewSeat.part == SeatPart.MEMBER, Booking.ends_at <= now())
        .order_by(InterviewSeat.id)
    )
    for row in session.execute(query):
        month = _month(row.starts_at)
        yield _Key(row.posting_id, month, Measure.LOAD, person=row.person_id)
        due = row.ends_at + CARD_IN_TIME
        if row.state is ScorecardState.SENT:
            yield _Key(row.posting_id, month, Measure.CARD, "in_time" if row.sent_at <= due else "late", person=row.person_id)
        elif due < now():
            yield _Key(row.posting_id, month, Measure.CARD, "missing", person=row.person_id)
