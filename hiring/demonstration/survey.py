"""The demonstration's answers to the survey: most who applied answered something, as those did before them."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from random import Random

from sqlalchemy import select

from core.clock import today
from core.db import session
from hiring.applications.models import Application
from hiring.fairness.counting import keep_counts
from hiring.fairness.groups import LEVEL_CHOSEN, Outcome, tally
from hiring.fairness.periods import Period, quarter
from hiring.postings.models import Posting
from hiring.survey.actions import keep_response
from hiring.survey.questions import QUESTIONS

ANSWERED, EACH = 0.85, 0.95
EARLIER, DECIDED = 3, 160  # periods, and decisions in each: the applications are deleted by now, the counts stay
PASSES = (0.45, 0.5, 0.7)  # at each gate


def answer_survey(seed: int) -> None:
    """Let most of those who applied answer, and count earlier ones. Draws from dice of its own, so that all else stays as it was."""
    dice = Random(seed)  # noqa: S311  (dice, not secrets)
    for application_id in session.scalars(select(Application.public_id).order_by(Application.id)).all():
        given = _answers(dice)
        if dice.random() < ANSWERED:
            keep_response(application_id, given)
    session.flush()
    _count_earlier(dice)


def _answers(dice: Random) -> dict[str, str]:
    return {question.name: dice.choice(list(question.answers)) for question in QUESTIONS if dice.random() < EACH}


def _count_earlier(dice: Random) -> None:
    query = select(Posting.department_id, Posting.job_role_id).distinct().order_by(Posting.department_id, Posting.job_role_id)
    parts = [(department, role) for department, role in session.execute(query)]
    until = quarter(today()) - timedelta(days=1)
    for _period in range(EARLIER if parts else 0):
        since = quarter(until)
        keep_counts(Period(since, until), tally(_earlier(dice, parts), [question.name for question in QUESTIONS]))
        until = since - timedelta(days=1)


def _earlier(dice: Random, parts: list[tuple[int, int]]) -> Iterator[tuple[Outcome, Mapping[str, str]]]:
    for _decision in range(DECIDED):
        level = 0
        while level < LEVEL_CHOSEN and dice.random() < PASSES[level]:
            level += 1
        yield Outcome(*dice.choice(parts), level), _answers(dice) if dice.random() < ANSWERED else {}
