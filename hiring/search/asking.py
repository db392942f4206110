"""Asking for an application to be indexed anew: what every action calls that changes something one can search for."""

from core.jobs.queue import enqueue
from hiring.applications.models import Application


def ask_for_index(*applications: Application) -> None:
    """Have the applications indexed by a worker, after this transaction. Safe to ask twice."""
    ask_for_index_by_key(*(application.id for application in applications))


def ask_for_index_by_key(*keys: int) -> None:
    """The same by inner keys."""
    if keys:
        enqueue("hiring.index_applications", arguments={"keys": sorted(keys)})
