"""Background work of exams."""

from datetime import timedelta

from core.jobs.queue import task, timetable
from training.exams import actions


@task("training.close_attempt")
def close_attempt(attempt: int) -> None:
    """Close one attempt when its time is up."""
    actions.close_attempt(attempt)


@timetable("training.close_overdue_attempts", every=timedelta(minutes=1))
def close_overdue_attempts() -> None:
    """Close attempts whose own job was missed."""
    actions.close_overdue_attempts()
