"""Indexing in the background, and the daily mails of saved searches."""

from datetime import timedelta

from core.clock import today
from core.jobs.queue import enqueue, task, timetable
from hiring.search import actions, saving
from hiring.search.saved_queries import with_alerts


@task("hiring.index_applications")
def index_applications(keys: list[int]) -> None:
    """Index applications as they stand now."""
    actions.index_applications(keys)


@timetable("hiring.index_what_is_due", every=timedelta(minutes=1))
def index_what_is_due() -> None:
    """Index what was indexed before its résumé was read, what never was, and what an upgrade asks for; go on at once when there is more."""
    if actions.index_what_is_due() >= actions.AT_ONCE:
        enqueue("hiring.index_what_is_due")


@task("hiring.tell_of_saved_search")
def tell_of_saved_search(key: int) -> None:
    """Mail the owner of one saved search what is new."""
    saving.tell_of_news(key)


@timetable("hiring.tell_of_saved_searches", every=timedelta(days=1))
def tell_of_saved_searches() -> None:
    """Have everybody told who wants to be, each by a job of its own."""
    for key in with_alerts():
        enqueue("hiring.tell_of_saved_search", arguments={"key": key}, key=f"hiring.tell_of_saved_search:{key}:{today()}")
