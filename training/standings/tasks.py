"""Background work of standings."""

from datetime import timedelta

from core.jobs.queue import enqueue, task, timetable
from training.standings import actions


@task(actions.TASK)
def derive_standings(anew: bool = False, after: int = 0, versions: list[tuple[int, int]] | None = None) -> None:
    """Derive some people, and ask for the next: each in a transaction of its own, so that nobody who writes waits for all of them."""
    asked = actions.versions_to_derive(anew=anew) if versions is None else dict(versions)
    following = 0 if versions is None else actions.derive_next(asked, after=after)
    if asked and following is not None:
        enqueue(actions.TASK, arguments={"after": following, "versions": list(asked.items())})


@timetable("training.check_standings", every=timedelta(days=1))
def check_standings() -> None:
    """Derive everybody anew; what had gone wrong is mended and told in the log."""
    actions.begin_deriving(anew=True)
