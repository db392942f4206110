"""What happens overnight around check-ins."""

from datetime import timedelta

from core.jobs.queue import timetable
from onboarding.checkins.actions import follow_managers


@timetable("onboarding.follow_check_ins", every=timedelta(days=1))
def follow_check_ins() -> None:
    """Call off talks with managers of before."""
    follow_managers()
