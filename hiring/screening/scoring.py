"""What marks add up to: exact weighted averages, must-haves apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Weighed:
    """One criterion as scoring sees it. `weight` is 1 to 5."""

    key: int
    must_have: bool
    weight: int


@dataclass(frozen=True)
class Score:
    """A weighted share of the best possible marks, in whole percent, and what is missing.

    `percent` is None while nothing is marked. `unmet` counts must-haves marked 1 or 2; `open` counts criteria without a mark.
    """

    percent: int | None
    unmet: int
    open: int


def score(criteria: Iterable[Weighed], marks: Mapping[int, Iterable[int]]) -> Score:
    """Score an application. `marks` holds, for each criterion's key, the marks of all screeners (1 to 4)."""
    total, weights, unmet, unmarked = Fraction(0), 0, 0, 0
    for criterion in criteria:
        given = list(marks.get(criterion.key, ()))
        if not given:
            unmarked += 1
            continue
        mean = Fraction(sum(given), len(given))
        total += criterion.weight * (mean - 1) / 3
        weights += criterion.weight
        if criterion.must_have and mean < 3:
            unmet += 1
    return Score(None if weights == 0 else round(100 * total / weights), unmet, unmarked)
