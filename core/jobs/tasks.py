"""The queue's own upkeep."""

from datetime import timedelta

from core.jobs.actions import clear_finished
from core.jobs.queue import timetable


@timetable("core.clear_finished_jobs", every=timedelta(hours=6))
def clear_finished_jobs() -> None:
    """Remove what was done long ago."""
    clear_finished()
