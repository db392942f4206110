"""Counting decisions by group, in the background."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import and_, func, insert, or_, select

from core.clock import now, today
from core.db import session
from hiring.applications.models import Application, ApplicationMove, ApplicationState, DeclineReason
from hiring.fairness.groups import LEVEL_CHOSEN, Outcome, tally
from hiring.fairness.models import GroupCount
from hiring.fairness.periods import Period, periods_over, quarter
from hiring.postings.models import Posting, Stage, StageKind
from hiring.survey.keys import survey_key
from hiring.survey.models import SurveyResponse
from hiring.survey.questions import QUESTIONS

LEVELS = {StageKind.NEW: 0, StageKind.SCREENING: 0, StageKind.INTERVIEW: 1, StageKind.OFFER: 2, StageKind.HIRED: LEVEL_CHOSEN}
BATCH = 2000


@dataclass(frozen=True)
class _Decision:
    application: UUID
    on: date
    outcome: Outcome


def count_groups() -> int:
    """Count the decisions of the periods that ended since it was last done. Returns how many there were; what was counted stays."""
    last = session.scalars(select(func.max(GroupCount.until_on))).one()
    decided = list(_decisions(last))
    over = periods_over(Counter(quarter(decision.on) for decision in decided), before=today())
    if not over:
        return 0
    responses: dict[str, dict[str, Any]] = {row.key: row.answers for row in session.execute(select(SurveyResponse.key, SurveyResponse.answers))}
    return sum(_count(period, [one for one in decided if period.since_on <= one.on <= period.until_on], responses) for period in over)


def _count(period: Period, decided: list[_Decision], responses: Mapping[str, Mapping[str, str]]) -> int:
    told = ((one.outcome, responses.get(survey_key(one.application), {})) for one in decided)
    keep_counts(period, tally(told, [question.name for question in QUESTIONS]))
    return len(decided)


def keep_counts(period: Period, counted: Mapping[Any, tuple[int, int]]) -> None:
    """Keep what was counted of a period."""
    at = now()
    rows = [
        {
            "public_id": uuid4(),
            "since_on": period.since_on,
            "until_on": period.until_on,
            "department_id": cell.department,
            "job_role_id": cell.role,
            "question": cell.question,
            "answer": cell.answer,
            "gate": cell.gate,
            "decided": decided,
            "passed": passed,
            "counted_at": at,
        }
        for cell, (decided, passed) in counted.items()
    ]
    for first in range(0, len(rows), BATCH):
        session.execute(insert(GroupCount), rows[first : first + BATCH])


def _decisions(after: date | None) -> Iterator[_Decision]:
    """Whom we chose or declined, after that day. A posting that closed decided on nobody; who was offered the job and said no was chosen."""
    chosen = or_(Application.state == ApplicationState.HIRED, Application.decline_reason == DeclineReason.OFFER_DECLINED)
    declined = and_(Application.state == ApplicationState.DECLINED, Application.decline_reason != DeclineReason.POSITION_CLOSED)
    query = (
        select(
            Application.public_id,
            Posting.department_id,
            Posting.job_role_id,
            Stage.kind,
            chosen.label("chosen"),
            func.max(ApplicationMove.at).label("at"),
        )
        .join(Application.posting)
        .join(Application.stage)
        .join(ApplicationMove, and_(ApplicationMove.application_id == Application.id, ApplicationMove.to_state == Application.state))
        .where(or_(chosen, declined))
        .group_by(Application.id, Application.public_id, Posting.department_id, Posting.job_role_id, Stage.kind)
        .order_by(Application.id)
        .execution_options(yield_per=BATCH)
    )
    if after is not None:
        query = query.where(ApplicationMove.at >= datetime.combine(after + timedelta(days=1), time(), UTC))
    for row in session.execute(query):
        level = LEVEL_CHOSEN if row.chosen else min(LEVELS[row.kind], LEVEL_CHOSEN - 1)
        yield _Decision(row.public_id, row.at.date(), Outcome(row.department_id, row.job_role_id, level))
