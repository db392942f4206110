"""Background work of requirements."""

from core.jobs.queue import task
from training.requirements import actions, queries
from training.standings.actions import begin_deriving

AT_ONCE = 500


@task("training.rederive_everybody")
def rederive_everybody() -> None:
    """Bring everybody's assignments into agreement after a rule changed."""
    last = 0
    while people := queries.employed_people(after=last, limit=AT_ONCE):
        actions.rederive_many(people)
        last = people[-1]
    begin_deriving()
