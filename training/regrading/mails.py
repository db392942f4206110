"""Mails about results that changed."""

from core.mail.outbox import queue_mail
from core.web.addresses import absolute_url
from training.exams.models import Attempt
from training.regrading.models import RegradeOutcome


def result_changed(attempt: Attempt, *, outcome: RegradeOutcome, reason: str) -> None:
    """Tell somebody that an exam of theirs was graded again and ended otherwise, or kept its end although the score fell."""
    queue_mail(
        "result_changed",
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
