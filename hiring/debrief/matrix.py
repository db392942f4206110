"""What several interviewers found, criterion by criterion: spread, agreement, gaps. Pure.

Agreement counts pairs: two marks that different people gave for the same criterion agree when they lie at most one apart.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean

APART = 2  # marks this far apart are mixed


@dataclass(frozen=True)
class Given:
    """One mark: who gave it in which interview, by inner keys, for which criterion, and what they heard."""

    person: int
    interview: int
    criterion: int
    mark: int | None
    evidence: str = ""


@dataclass(frozen=True)
class Row:
    """What was found about one criterion. `cells` holds the marks of each interview, by its inner key."""

    criterion: int
    cells: Mapping[int, Sequence[Given]]

    @property
    def marks(self) -> list[int]:
        """Every mark that was given."""
        return [given.mark for cell in self.cells.values() for given in cell if given.mark is not None]

    @property
    def mean(self) -> float | None:
        """The mean of the marks; None where there is none."""
        return fmean(self.marks) if self.marks else None

    @property
    def spread(self) -> int:
        """How far the highest mark lies from the lowest."""
        return max(self.marks) - min(self.marks) if self.marks else 0

    @property
    def is_gap(self) -> bool:
        """Whether nobody gave a mark."""
        return not self.marks

    @property
    def is_mixed(self) -> bool:
        """Whether two people saw it differently."""
        return self.spread >= APART


@dataclass(frozen=True)
class Agreement:
    """How many pairs of marks there are, and how many of them agree."""

    pairs: int
    agreeing: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where nobody marked the same criterion."""
        return self.agreeing / self.pairs if self.pairs else None


def rows_of(criteria: Iterable[int], given: Iterable[Given]) -> list[Row]:
    """One row for each criterion, in their order."""
    found: dict[int, dict[int, list[Given]]] = {key: {} for key in criteria}
    for each in given:
        if each.criterion in found:
            found[each.criterion].setdefault(each.interview, []).append(each)
    return [Row(key, cells) for key, cells in found.items()]


def agreement_of(rows: Iterable[Row]) -> Agreement:
    """Over all criteria, the pairs of marks by different people."""
    pairs = agreeing = 0
    for row in rows:
        marked = [given for cell in row.cells.values() for given in cell if given.mark is not None]
        for one, other in combinations(marked, 2):
            if one.person != other.person and one.mark is not None and other.mark is not None:
                pairs += 1
                agreeing += abs(one.mark - other.mark) < APART
    return Agreement(pairs, agreeing)
