"""What the installation does for itself."""

from datetime import timedelta

from core.jobs.queue import timetable
from core.operations.statistics import refresh_statistics


@timetable("core.refresh_statistics", every=timedelta(days=1))
def refresh() -> None:
    """Let the database count its tables again."""
    refresh_statistics()
