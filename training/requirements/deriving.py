"""Keeping what the rules assign to people in agreement with rules, employment and completions."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from core.audit.record import record
from core.clock import today
from core.db import session
from core.people.models import Person
from training.compliance.standing import RuleFact
from training.requirements import queries
from training.requirements.derivation import Asked, asked_by, merged
from training.requirements.models import Assignment
from training.requirements.queries import PersonFacts
from training.standings.actions import keep_standings_of

Key = tuple[str, int]
COMPARED = ("available_on", "due_on", "ended_on", "met_on")
AT_ONCE = 200
_later: ContextVar[set[int] | None] = ContextVar("people to derive at the end", default=None)


def rederive(person: Person) -> None:
    """Make the person's assignments agree with rules, employment and completions. Doing it twice changes nothing."""
    later = _later.get()
    if later is not None:
        later.add(person.id)
        return
    rederive_many([person.id])
    keep_standings_of([person.id])


@contextmanager
def deriving_once() -> Iterator[None]:
    """Within the block nobody is derived; at its end everybody is of whom something changed, once.

    For what writes many facts about the same people in one transaction. Nothing inside may read assignments or standings.
    """
    if _later.get() is not None:
        yield
        return
    later: set[int] = set()
    token = _later.set(later)
    try:
        yield
    finally:
        _later.reset(token)
    people = sorted(later)
    for first in range(0, len(people), AT_ONCE):
        rederive_many(people[first : first + AT_ONCE])
        keep_standings_of(people[first : first + AT_ONCE])


def rederive_many(people: Sequence[int], *, chains: Collection[str] | None = None) -> None:
    """The same for several people, by their inner keys, in five statements and what has changed.

    With `chains` only what those ask for is looked at: enough, and the same, after a change of the rules that ask it.
    """
    by_chain: dict[str, list[RuleFact]] = defaultdict(list)
    for line in queries.rule_lines(on=today(), with_future=True):
        if chains is None or line.fact.chain in chains:
            by_chain[line.fact.chain].append(line.fact)
    facts = queries.facts_of(people)
    kept: dict[int, dict[Key, Assignment]] = defaultdict(dict)
    for assignment in queries.assignments_of(people):
        if chains is None or assignment.chain in chains:
            kept[assignment.person_id][assignment.chain, assignment.cycle] = assignment
    for person in queries.people_by_key(people):
        known = facts.get(person.id)
        _settle(person, kept.get(person.id, {}), {} if known is None else wanted(by_chain, known))
    session.flush()


def wanted(by_chain: Mapping[str, Sequence[RuleFact]], known: PersonFacts) -> dict[Key, Asked]:
    """Every cycle rules ask of somebody with these facts, by what they ask for and number; rules that ask the same share cycles."""
    found: dict[Key, Asked] = {}
    for chain, rules in by_chain.items():
        rows = [row for rule in rules for row in asked_by(rule, known.stretches, known)]
        for row in merged(rows) if len(rules) > 1 else rows:
            found[chain, row.cycle] = row
    return found


def _settle(person: Person, kept: dict[Key, Assignment], asked: Mapping[Key, Asked]) -> None:
    for key, cycle in asked.items():
        existing = kept.pop(key, None)
        if existing is None:
            _assign(person, key[0], cycle)
            continue
        if existing.rule_id != cycle.rule.id:  # a revision that leaves the days as they are needs no line in the trail of each person
            existing.rule_id, existing.lineage = cycle.rule.id, cycle.rule.lineage
        if any(getattr(existing, name) != getattr(cycle, name) for name in COMPARED):
            for name in COMPARED:
                setattr(existing, name, getattr(cycle, name))
            record("training.assignment.changed", existing, by=None, person=person, changes=_days(cycle))
    for (chain, number), dropped in kept.items():
        record("training.assignment.dropped", dropped, by=None, person=person, changes={"chain": chain, "cycle": number})
        session.delete(dropped)


def _assign(person: Person, chain: str, cycle: Asked) -> None:
    assignment = Assignment(
        person_id=person.id,
        rule_id=cycle.rule.id,
        lineage=cycle.rule.lineage,
        chain=chain,
        cycle=cycle.cycle,
        **{name: getattr(cycle, name) for name in COMPARED},
    )
    session.add(assignment)
    record("training.assignment.made", assignment, by=None, person=person, changes=_days(cycle))


def _days(cycle: Asked) -> dict[str, object]:
    days = {name: getattr(cycle, name) for name in COMPARED}
    return {"rule": cycle.rule.number, "cycle": cycle.cycle, **{name: None if day is None else day.isoformat() for name, day in days.items()}}
