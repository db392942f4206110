"""Mails about appeals."""

from core.mail.outbox import queue_mail
from core.web.addresses import absolute_url
from training.appeals.models import Appeal, AppealState


def appeal_decided(appeal: Appeal, *, grants_attempt: bool) -> None:
    """Tell who appealed what was decided and why."""
    attempt = appeal.attempt
    queue_mail(
        "appeal_decided",
        to=attempt.person,
        context={
            "name": attempt.person.name,
            "course": attempt.course.title,
            "is_upheld": appeal.state is AppealState.UPHELD,
            "answer": appeal.answer,
            "grants_attempt": grants_attempt,
            "url": absolute_url("exams.result", attempt_id=attempt.public_id),
        },
        about=appeal.public_id,
    )
