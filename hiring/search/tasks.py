"""Indexing in the background."""

from datetime import timedelta

from core.jobs.queue import task, timetable
from hiring.search import actions


@task("hiring.index_applications")
def index_applications(keys: list[int]) -> None:
    """Index applications as they stand now."""
    actions.index_applications(keys)


@timetable("hiring.index_what_is_due", every=timedelta(minutes=1))
def index_what_is_due() -> None:
    """Index what was indexed before its résumé was read, and what never was."""
    actions.index_what_is_due()
