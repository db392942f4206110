"""Background work of the catalogue."""

from datetime import timedelta

from core.jobs.queue import timetable
from training.catalogue import actions


@timetable("training.put_versions_in_force", every=timedelta(minutes=15))
def put_versions_in_force() -> None:
    """Put approved versions in force when their day comes."""
    actions.put_due_versions_in_force()
