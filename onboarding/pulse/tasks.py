"""What happens in the background around the pulse survey."""

from datetime import timedelta

from core.clock import today
from core.jobs.queue import timetable
from onboarding.pulse.actions import tell_pulse


@timetable("onboarding.tell_pulse", every=timedelta(days=1))
def tell() -> None:
    """Tell what five or more have answered."""
    tell_pulse(on=today("UTC"))
