"""The question page, totals and export share: who is seen, how each stands, which of them the filter leaves."""

from dataclasses import dataclass
from datetime import date

from core.people.models import Person
from core.web.paging import Page
from training.compliance import matrix, queries
from training.compliance.matrix import Row
from training.compliance.queries import ComplianceFilter, PersonLine
from training.compliance.standing import Standing
from training.requirements.queries import People, RuleLine, facts_of, rule_lines

PAGE_SIZE = 15


@dataclass(frozen=True)
class Sight:
    """What a viewer sees of compliance on a day."""

    lines: list[RuleLine]
    people: dict[int, PersonLine]
    rows: list[Row]


def look(viewer: Person, wanted: ComplianceFilter, *, state: Standing | None, on: date) -> Sight:
    """Who the viewer sees on the day and how each stands, in four statements whatever their number."""
    people = queries.people_in_sight(viewer, wanted, on=on)
    sight = _judged(people, rule_lines(on=on), queries.keys_in_sight(viewer, on=on), on=on)
    return Sight(sight.lines, sight.people, matrix.with_state(sight.rows, state))


def look_at_page(viewer: Person, wanted: ComplianceFilter, *, state: Standing | None, on: date, number: int) -> tuple[Sight, Page[Row]]:
    """One page of what `look` gives, by name. Only with a state everybody has to be judged to know who is on it."""
    first = (number - 1) * PAGE_SIZE
    if state is not None:
        sight = look(viewer, wanted, state=state, on=on)
        return sight, Page(sight.rows[first : first + PAGE_SIZE], number, len(sight.rows) > first + PAGE_SIZE)
    people = queries.people_in_sight(viewer, wanted, on=on, skip=first, at_most=PAGE_SIZE + 1)
    shown = people[:PAGE_SIZE]
    sight = _judged(shown, rule_lines(on=on), [person.key for person in shown], on=on)
    return sight, Page(sight.rows, number, len(people) > PAGE_SIZE)


def _judged(people: list[PersonLine], lines: list[RuleLine], keys: People, *, on: date) -> Sight:
    rows = matrix.judge_people([person.key for person in people], lines, facts_of(keys, on=on), on=on)
    return Sight(lines, {person.key: person for person in people}, rows)
