"""The question page, totals and export share: who is seen, how each stands, which of them the filter leaves."""

from dataclasses import dataclass
from datetime import date

from core.people.models import Person
from training.compliance import matrix, queries
from training.compliance.matrix import Row, Totals
from training.compliance.queries import ComplianceFilter, PersonLine
from training.compliance.standing import Standing
from training.requirements.queries import RuleLine, facts_of, rule_lines


@dataclass(frozen=True)
class Sight:
    """What a viewer sees of compliance on a day."""

    lines: list[RuleLine]
    people: dict[int, PersonLine]
    rows: list[Row]
    totals: Totals


def look(viewer: Person, wanted: ComplianceFilter, *, state: Standing | None, on: date) -> Sight:
    """Who the viewer sees on the day and how each stands, in four statements whatever their number."""
    lines = rule_lines(on=on)
    people = {person.key: person for person in queries.people_in_sight(viewer, wanted, on=on)}
    facts = facts_of(queries.keys_in_sight(viewer, on=on), on=on)
    rows = matrix.judge_people(list(people), lines, facts, on=on)
    return Sight(lines, people, matrix.with_state(rows, state), matrix.count(rows))
