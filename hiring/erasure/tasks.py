"""Deleting in the background."""

from datetime import timedelta

from core.jobs.queue import timetable
from hiring.erasure.actions import erase_what_is_due


@timetable("hiring.erase_what_is_due", every=timedelta(hours=1))
def erase() -> None:
    """Delete what candidates asked for and did not call back."""
    erase_what_is_due()
