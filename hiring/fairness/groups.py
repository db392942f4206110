"""From applications to groups at gates, and which groups are too small to be shown: pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hiring.fairness.analysis import Group

SMALLEST_GROUP = 5
UNDECLARED = ""


class Gate(StrEnum):
    """A step candidates pass or do not pass, and the whole way."""

    SCREENING = "screening"
    INTERVIEW = "interview"
    OFFER = "offer"
    WHOLE = "whole"


GATES = (Gate.SCREENING, Gate.INTERVIEW, Gate.OFFER)
LEVEL_HIRED = 3


@dataclass(frozen=True)
class Outcome:
    """How far an application came: `level` 0 screening, 1 interviews, 2 offer, 3 hired; `declined` where it ended there by our decision."""

    posting: int
    applied_on: date
    level: int
    declined: bool


@dataclass(frozen=True)
class Cell:
    """What is counted under: a posting, the quarter of the year applied in, a question of the survey, an answer, a gate."""

    posting: int
    quarter_on: date
    question: str
    answer: str
    gate: Gate


def decisions(outcome: Outcome) -> list[tuple[Gate, bool]]:
    """The gates at which it was decided, and whether it passed. Who waits or withdrew at a gate was not decided on there."""
    passed = [(gate, True) for gate in GATES[: outcome.level]]
    if outcome.level == LEVEL_HIRED:
        return [*passed, (Gate.WHOLE, True)]
    return [*passed, (GATES[outcome.level], False), (Gate.WHOLE, False)] if outcome.declined else passed


def quarter(day: date) -> date:
    """The first day of the day's quarter. Counts go by quarters, for from one day to the next they would tell who was just decided on."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def tally(outcomes: Iterable[tuple[Outcome, Mapping[str, str]]], questions: Sequence[str]) -> dict[Cell, tuple[int, int]]:
    """For each cell how many were decided on and how many passed. Each outcome comes with its survey answers, none if there are none."""
    decided: Counter[Cell] = Counter()
    passed: Counter[Cell] = Counter()
    for outcome, answers in outcomes:
        when = quarter(outcome.applied_on)
        for gate, through in decisions(outcome):
            for question in questions:
                cell = Cell(outcome.posting, when, question, answers.get(question, UNDECLARED), gate)
                decided[cell] += 1
                passed[cell] += through
    return {cell: (count, passed[cell]) for cell, count in decided.items()}


@dataclass(frozen=True)
class Shown:
    """Groups that may be shown, the names of those that may not, and who told nothing (None where that would give a small group away)."""

    groups: tuple[Group, ...]
    hidden: tuple[str, ...]
    undeclared: Group | None


def suppressed(groups: Sequence[Group]) -> Shown:
    """Leave out groups of fewer than five, and one more where what is left out could be reckoned from the rest."""
    declared = sorted((group for group in groups if group.name != UNDECLARED and group.decided), key=lambda group: (group.decided, group.name))
    undeclared = next((group for group in groups if group.name == UNDECLARED and group.decided), None)
    hidden = [group for group in declared if group.decided < SMALLEST_GROUP]
    shown = declared[len(hidden) :]
    if hidden and sum(group.decided for group in hidden) < SMALLEST_GROUP:
        if shown:
            hidden.append(shown.pop(0))
        else:
            undeclared = None
    return Shown(tuple(sorted(shown, key=lambda group: group.name)), tuple(sorted(group.name for group in hidden)), undeclared)
