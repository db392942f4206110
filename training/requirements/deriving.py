"""Keeping what the rules assign to people in agreement with rules, employment and completions."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from core.audit.record import record
from core.clock import today
from core.db import session
from core.people.models import Person
from training.compliance.standing import NO_ENDS, RuleFact
from training.requirements import queries
from training.requirements.derivation import Asked, asked
from training.requirements.models import Assignment
from training.standings.actions import keep_standings


def rederive(person: Person) -> None:
    """Make the person's assignments agree with rules, employment and completions. Doing it twice changes nothing."""
    rederive_many([person.id])
    keep_standings(person)


def rederive_many(people: Sequence[int]) -> None:
    """The same for several people, by their inner keys, in five statements and what has changed."""
    lines = queries.rule_lines(on=today(), with_future=True)
    facts = queries.facts_of(people)
    kept: dict[tuple[int, UUID], list[Assignment]] = defaultdict(list)
    for assignment in queries.assignments_of(people):
        kept[assignment.person_id, assignment.lineage].append(assignment)
    for person in queries.people_by_key(people):
        known = facts.get(person.id)
        for line in lines:
            course = line.fact.course_id
            wanted = (
                []
                if known is None
                else asked(line.fact, known.stretches, completed=known.completed.get(course, ()), ends=known.ends.get(course, NO_ENDS))
            )
            _settle(person, line.fact, kept.get((person.id, line.fact.lineage), []), wanted)
    session.flush()


def _settle(person: Person, rule: RuleFact, kept: Sequence[Assignment], wanted: Sequence[Asked]) -> None:
    by_cycle = {assignment.cycle: assignment for assignment in kept}
    for cycle in wanted:
        existing = by_cycle.pop(cycle.cycle, None)
        if existing is None:
            _assign(person, rule, cycle)
        elif (existing.available_on, existing.due_on, existing.ended_on) != (cycle.available_on, cycle.due_on, cycle.ended_on):
            existing.available_on, existing.due_on, existing.ended_on = cycle.available_on, cycle.due_on, cycle.ended_on
            existing.rule_id = rule.id
            record("training.assignment.changed", existing, by=None, person=person, changes=_days(rule, cycle))
    for dropped in by_cycle.values():
        record("training.assignment.dropped", dropped, by=None, person=person, changes={"rule": rule.number, "cycle": dropped.cycle})
        session.delete(dropped)


def _assign(person: Person, rule: RuleFact, cycle: Asked) -> None:
    assignment = Assignment(
        person_id=person.id,
        rule_id=rule.id,
        lineage=rule.lineage,
        cycle=cycle.cycle,
        available_on=cycle.available_on,
        due_on=cycle.due_on,
        ended_on=cycle.ended_on,
    )
    session.add(assignment)
    record("training.assignment.made", assignment, by=None, person=person, changes=_days(rule, cycle))


def _days(rule: RuleFact, cycle: Asked) -> dict[str, object]:
    return {
        "rule": rule.number,
        "cycle": cycle.cycle,
        "available_on": cycle.available_on.isoformat(),
        "due_on": cycle.due_on.isoformat(),
        "ended_on": None if cycle.ended_on is None else cycle.ended_on.isoformat(),
    }
