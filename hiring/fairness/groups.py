"""From decisions to groups at gates: pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

UNDECLARED = ""


class Gate(StrEnum):
    """A step candidates pass or do not pass, and the whole way."""

    SCREENING = "screening"
    INTERVIEW = "interview"
    OFFER = "offer"
    WHOLE = "whole"


GATES = (Gate.SCREENING, Gate.INTERVIEW, Gate.OFFER)
LEVEL_CHOSEN = 3


@dataclass(frozen=True)
class Outcome:
    """A decision: `level` 0 declined at screening, 1 at interviews, 2 at the offer, 3 chosen. Of which department and job role it was."""

    department: int
    role: int
    level: int


@dataclass(frozen=True)
class Cell:
    """What is counted under: a department, a job role, a question of the survey, an answer, a gate."""

    department: int
    role: int
    question: str
    answer: str
    gate: Gate


def decisions(outcome: Outcome) -> list[tuple[Gate, bool]]:
    """The gates at which it was decided, and whether it passed.

    Only what ended by a decision is counted, at every gate it came to: who passes one gate is decided on at the next, so that nothing
    about the few who still wait or withdrew can be reckoned from two gates.
    """
    chosen = outcome.level == LEVEL_CHOSEN
    passed = [(gate, True) for gate in GATES[: outcome.level]]
    return [*passed, (Gate.WHOLE, True)] if chosen else [*passed, (GATES[outcome.level], False), (Gate.WHOLE, False)]


def tally(outcomes: Iterable[tuple[Outcome, Mapping[str, str]]], questions: Sequence[str]) -> dict[Cell, tuple[int, int]]:
    """For each cell how many were decided on and how many passed. Each outcome comes with its survey answers, none if there are none."""
    decided: Counter[Cell] = Counter()
    passed: Counter[Cell] = Counter()
    for outcome, answers in outcomes:
        for gate, through in decisions(outcome):
            for question in questions:
                cell = Cell(outcome.department, outcome.role, question, answers.get(question, UNDECLARED), gate)
                decided[cell] += 1
                passed[cell] += through
    return {cell: (count, passed[cell]) for cell, count in decided.items()}
