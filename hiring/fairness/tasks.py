"""What happens in the background around adverse impact."""

from datetime import timedelta

from core.jobs.queue import timetable
from hiring.fairness.counting import count_groups


@timetable("hiring.count_groups", every=timedelta(days=1))
def count() -> None:
    """Count decisions by group anew."""
    count_groups()
