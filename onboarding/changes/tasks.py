"""What the clock does for changes that wait for their day."""

from datetime import timedelta

from core.jobs.queue import timetable
from onboarding.changes.coming import carry_out_positions
from onboarding.changes.passing_on import carry_out_handovers


@timetable("onboarding.carry_out_changes", every=timedelta(minutes=30))
def carry_out_changes() -> None:
    """Follow people into positions that begin, and pass on what those who have left did for new hires."""
    carry_out_positions()
    carry_out_handovers()
