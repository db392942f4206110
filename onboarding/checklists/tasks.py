"""What the clock does around checklists."""

from datetime import timedelta

from core.jobs.queue import enqueue, timetable
from onboarding.checklists.reopening import BATCH, reopen_what_lapsed

TASK = "onboarding.reopen_what_lapsed"


@timetable(TASK, every=timedelta(hours=1))
def reopen() -> None:
    """Open again what has lapsed, batch by batch."""
    if reopen_what_lapsed() >= BATCH:
        enqueue(TASK)
