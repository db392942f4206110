"""Counting decisions by group, in the background."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, insert, select

from core.clock import now
from core.db import session
from hiring.applications.models import Application, ApplicationState
from hiring.fairness.groups import LEVEL_HIRED, Outcome, tally
from hiring.fairness.models import GroupCount
from hiring.postings.models import Stage, StageKind
from hiring.survey.keys import survey_key
from hiring.survey.models import SurveyResponse
from hiring.survey.questions import QUESTIONS

LEVELS = {StageKind.NEW: 0, StageKind.SCREENING: 0, StageKind.INTERVIEW: 1, StageKind.OFFER: 2, StageKind.HIRED: LEVEL_HIRED}
BATCH = 2000


def count_groups() -> int:
    """Make the counts anew. Returns how many responses to the survey there are."""
    responses: dict[str, dict[str, Any]] = {row.key: row.answers for row in session.execute(select(SurveyResponse.key, SurveyResponse.answers))}
    at = now()
    counted = tally(_outcomes(responses), [question.name for question in QUESTIONS])
    session.execute(delete(GroupCount))
    rows = [
        {
            "public_id": uuid4(),
            "posting_id": cell.posting,
            "quarter_on": cell.quarter_on,
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
    return len(responses)


def _outcomes(responses: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[Outcome, Mapping[str, str]]]:
    query = (
        select(Application.public_id, Application.posting_id, Application.applied_at, Application.state, Stage.kind)
        .join(Application.stage)
        .order_by(Application.id)
        .execution_options(yield_per=BATCH)
    )
    for row in session.execute(query):
        declined = row.state is ApplicationState.DECLINED
        level = LEVEL_HIRED if row.state is ApplicationState.HIRED else min(LEVELS[row.kind], LEVEL_HIRED - 1)
        yield Outcome(row.posting_id, row.applied_at.date(), level, declined), responses.get(survey_key(row.public_id), {})
