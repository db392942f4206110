"""Mails about exams that people mark."""

from core.mail.outbox import queue_mail
from core.web.addresses import absolute_url
from training.exams.models import Attempt
from training.regrading.models import RegradeOutcome


def exam_marked(attempt: Attempt) -> None:
    """Tell somebody how the exam ended whose answers have all been marked. Needs person and course."""
    queue_mail(
        "exam_marked",
        to=attempt.person,
        context={
            "name": attempt.person.name,
            "course": attempt.course.title,
            "passed": bool(attempt.passed),
            "url": absolute_url("exams.result", attempt_id=attempt.public_id),
        },
        about=attempt.public_id,
    )


def mark_amended(attempt: Attempt, *, outcome: RegradeOutcome, reason: str) -> None:
    """Tell somebody that a mark of theirs was amended, why, and what became of their exam. Needs person and course."""
    queue_mail(
        "mark_amended",
        to=attempt.person,
        context={
            "name": attempt.person.name,
            "course": attempt.course.title,
            "outcome": outcome.value,
            "reason": reason,
            "url": absolute_url("exams.result", attempt_id=attempt.public_id),
        },
        about=attempt.public_id,
    )
