"""What happens in the background around figures."""

from datetime import timedelta

from core.jobs.queue import timetable
from hiring.insight.counting import count_insight


@timetable("hiring.count_insight", every=timedelta(hours=1))
def count() -> None:
    """Count anew what figures are summed from."""
    count_insight()
