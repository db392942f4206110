"""Rounds through everybody after a rule changed: in batches, each its own transaction, with progress that shows."""

from core.clock import now
from core.db import session
from core.jobs.queue import enqueue
from core.people.models import Person
from training.requirements import queries
from training.requirements.deriving import rederive_many
from training.requirements.models import DerivationRound, Rule

AT_ONCE = 500


def begin_round(rule: Rule, *, chain: str | None, by: Person | None) -> DerivationRound:
    """Bring everybody's assignments into agreement in the background; only what the rule asks for, where that is said to be enough."""
    chain = chain or queries.chain_of(rule)
    found = DerivationRound(rule_id=rule.id, chain=chain, total=queries.count_employed(), by_id=None if by is None else by.id)
    session.add(found)
    session.flush()
    enqueue("training.carry_on_round", arguments={"round": found.id})
    return found


def carry_on(found: DerivationRound) -> bool:
    """Do the next people of a round. Answers whether some are left."""
    people = queries.employed_people(after=found.last_person_id, limit=AT_ONCE)
    if people:
        rederive_many(people, chains=[found.chain])
        found.last_person_id = people[-1]
        found.done = min(found.done + len(people), found.total)
    if len(people) == AT_ONCE:
        return True
    found.finished_at, found.done = now(), found.total
    return False
