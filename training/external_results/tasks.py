"""Background work of results from elsewhere."""

from core.jobs.queue import task
from training.external_results import actions


def _give_up(*, reason: str, parked: bool, sent: int) -> None:
    if parked:
        actions.give_up(sent)


@task("training.take_in_results", when_failed=_give_up)
def take_in_results(sent: int) -> None:
    """Take in a confirmed file."""
    actions.take_in(sent)
