"""Background work of requirements."""

from datetime import timedelta

from core.clock import today
from core.jobs.queue import enqueue, task, timetable
from training.requirements import deriving, queries, rounds
from training.standings.actions import begin_deriving


@task("training.carry_on_round")
def carry_on_round(round: int) -> None:
    """Bring some more people into agreement after a rule changed, and ask for those after them."""
    found = queries.lock_round(round)
    if found is not None and found.finished_at is None and rounds.carry_on(found):
        enqueue("training.carry_on_round", arguments={"round": found.id})
    elif found is not None:
        begin_deriving()


@task("training.rederive_everybody")
def rederive_everybody() -> None:
    """Bring everybody's assignments into agreement, whatever rules ask."""
    last = 0
    while people := queries.employed_people(after=last, limit=rounds.AT_ONCE):
        deriving.rederive_many(people)
        last = people[-1]
    begin_deriving()


@timetable("training.rederive_what_begins", every=timedelta(days=1))
def rederive_what_begins() -> None:
    """What takes effect on a day asks from that day on: rules, their changes, and versions after which earlier ones stop counting."""
    day = today("UTC")
    if queries.something_begins(since=day - timedelta(days=1), until=day + timedelta(days=1)):
        rederive_everybody()
