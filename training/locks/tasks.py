"""Background work of locked exams."""

from datetime import timedelta

from core.jobs.queue import timetable
from training.locks import actions


@timetable("training.lock_what_was_missed", every=timedelta(hours=6))
def lock_what_was_missed() -> None:
    """Lock exams whose attempts were used up without a lock being written down."""
    actions.lock_what_was_missed()
