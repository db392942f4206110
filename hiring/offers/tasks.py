"""What the clock does to offers."""

from datetime import timedelta

from core.jobs.queue import timetable
from hiring.offers import actions


@timetable("hiring.expire_offers", every=timedelta(hours=1))
def expire_offers() -> None:
    """Let offers end whose last day is over."""
    actions.expire_offers()
