"""The demonstration's answers to the survey: most who applied answered something."""

from random import Random

from sqlalchemy import select

from core.db import session
from hiring.applications.models import Application
from hiring.fairness.counting import count_groups
from hiring.survey.actions import keep_response
from hiring.survey.questions import QUESTIONS

ANSWERED, EACH = 0.85, 0.95


def answer_survey(seed: int) -> None:
    """Let most of those who applied answer, and count. Draws from dice of its own, so that all else stays as it was."""
    dice = Random(seed)  # noqa: S311  (dice, not secrets)
    for application_id in session.scalars(select(Application.public_id).order_by(Application.id)).all():
        given = {question.name: dice.choice(list(question.answers)) for question in QUESTIONS if dice.random() < EACH}
        if dice.random() < ANSWERED:
            keep_response(application_id, given)
    session.flush()
    count_groups()
