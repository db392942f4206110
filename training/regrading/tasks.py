"""Background work of regrading: a slice of attempts in each job, so that a killed worker repeats nothing."""

from core.jobs.queue import task
from training.regrading import actions


@task("training.regrade")
def regrade(correction: int, after: int, sweep: int) -> None:
    """Grade the next attempts again."""
    actions.regrade_slice(correction, after=after, sweep=sweep)
