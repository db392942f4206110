"""People × requirements on a day: judged from plain facts, counted, and cut into pages."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from training.compliance.allowances import allow
from training.compliance.standing import (
    IN_ORDER,
    NO_ENDS,
    NOT_ASKED,
    OPEN,
    Judgement,
    Part,
    RuleFact,
    Standing,
    judge_known,
    judge_part,
    part_on,
    under_lock,
)
from training.requirements.queries import PersonFacts, RuleLine

URGENCY = {state: place for place, state in enumerate(Standing)}


@dataclass(frozen=True)
class Row:
    """A person's standings, one for each rule, in the order of the rules."""

    person_id: int
    cells: tuple[Judgement, ...]


@dataclass(frozen=True)
class Column:
    """A course, with the places of the rules that ask for it: different roles have rules of their own."""

    title: str
    code: str
    places: tuple[int, ...]


@dataclass(frozen=True)
class Totals:
    """How many cells stand how, and how many people have everything in order, of those of whom anything is required."""

    states: Mapping[Standing, int]
    people: int
    people_in_order: int

    @property
    def required(self) -> int:
        """How many cells ask for something."""
        return sum(count for state, count in self.states.items() if state is not Standing.NOT_REQUIRED)

    @property
    def in_order(self) -> int:
        """How many of them are in order."""
        return sum(self.states.get(state, 0) for state in IN_ORDER)

    @property
    def percent(self) -> int:
        """The share in order, cut to a whole percent, so that 100 means all."""
        return self.in_order * 100 // self.required if self.required else 100


_UNKNOWN: Any = object()
_NOTHING: tuple[Any, ...] = ()


def judge_person(lines: Sequence[RuleLine], facts: PersonFacts, *, on: date) -> tuple[Judgement, ...]:
    """How one person stands with each rule on the day. Whether they belong to those asked is found once for all rules that ask the same."""
    cells = []
    belongs: dict[Any, Part | None] = {}
    for line in lines:
        rule = line.fact
        asks = rule.asks
        part = belongs.get(asks, _UNKNOWN)
        if part is _UNKNOWN:
            part = belongs[asks] = part_on(asks, facts.stretches, on)
        if part is None:
            cells.append(NOT_ASKED)
            continue
        cells.append(_judged(rule, part, facts, on))
    return tuple(cells)


def _judged(rule: RuleFact, part: Part, facts: PersonFacts, on: date) -> Judgement:
    course = rule.course_id
    accepted: Sequence[tuple[date, date | None]]
    if rule.is_plain:
        judged = judge_part(
            rule,
            part,
            completed=facts.completed.get(course, _NOTHING),
            exempt=facts.exempt.get(course, _NOTHING),
            started=facts.started.get(course, _NOTHING),
            on=on,
            ends=facts.ends.get(course, NO_ENDS),
        )
        accepted = facts.equivalent.get(course, _NOTHING)
    else:
        judged, accepted = judge_known(rule, part, facts, on=on), facts.accepted_for(rule)
    if accepted or facts.away:
        judged = allow(rule, judged, equivalent=accepted, away=facts.away, on=on)
    locked = facts.locked.get(course) if len(rule.courses) == 1 else None  # of several courses another may still be open
    return under_lock(judged, locked, on=on) if locked else judged


def judge_cell(rule: RuleFact, facts: PersonFacts, *, on: date) -> Judgement:
    """How one person stands with one rule on the day."""
    part = part_on(rule.asks, facts.stretches, on)
    return NOT_ASKED if part is None else _judged(rule, part, facts, on)


def judge_people(people: Sequence[int], lines: Sequence[RuleLine], facts: Mapping[int, PersonFacts], *, on: date) -> list[Row]:
    """How the people, in their order, stand with each rule on the day."""
    nothing = PersonFacts()
    return [Row(person_id, judge_person(lines, facts.get(person_id, nothing), on=on)) for person_id in people]


def columns_of(lines: Sequence[RuleLine]) -> list[Column]:
    """One column for each course the rules ask for, by title."""
    places: dict[tuple[str, str], list[int]] = {}
    for place, line in enumerate(lines):
        places.setdefault((line.course_title, line.course_code), []).append(place)
    return [Column(title, code, tuple(found)) for (title, code), found in sorted(places.items())]


def most_urgent(row: Row, column: Column) -> tuple[int, Judgement]:
    """The place and the standing to show of a person for a course: the most urgent of its rules."""
    if len(column.places) == 1:
        return column.places[0], row.cells[column.places[0]]
    return min(((place, row.cells[place]) for place in column.places), key=lambda found: URGENCY[found[1].state])


class Cell(NamedTuple):
    """What a cell of the page shows: the standing, the rule's number (0 where nothing is asked), and the day it is due, if any."""

    state: Standing
    number: int
    due_on: date | None


_EMPTY = Cell(Standing.NOT_REQUIRED, 0, None)


def cells_of(row: Row, columns: Sequence[Column], lines: Sequence[RuleLine]) -> list[Cell]:
    """A person's cells for the columns."""
    found: list[Cell] = []
    for column in columns:
        place, judged = most_urgent(row, column)
        asked = judged.state is not Standing.NOT_REQUIRED
        found.append(Cell(judged.state, lines[place].fact.number, judged.due_on) if asked else _EMPTY)
    return found


def count(rows: Sequence[Row]) -> Totals:
    """The totals of these rows."""
    states = Counter(cell.state for row in rows for cell in row.cells)
    asked = [row for row in rows if any(cell.state is not Standing.NOT_REQUIRED for cell in row.cells)]
    # what merely runs out soon still holds today
    settled = [row for row in asked if not any(cell.state in OPEN and cell.state is not Standing.EXPIRING for cell in row.cells)]
    return Totals(states, len(asked), len(settled))


def count_of(who: Mapping[tuple[int, Standing], Sequence[str]]) -> Totals:
    """The same totals, from people by rule and standing."""
    states: Counter[Standing] = Counter()
    asked: set[str] = set()
    unsettled: set[str] = set()
    for (_rule, state), people in who.items():
        states[state] += len(people)
        asked.update(people)
        if state in OPEN and state is not Standing.EXPIRING:
            unsettled.update(people)
    return Totals(states, len(asked), len(asked - unsettled))


def with_state(rows: Sequence[Row], state: Standing | None) -> list[Row]:
    """The rows in which some cell stands so; all without a state."""
    return [row for row in rows if state is None or any(cell.state is state for cell in row.cells)]
