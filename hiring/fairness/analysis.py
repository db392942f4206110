"""The arithmetic of adverse impact, exact: rates, the four-fifths ratio, significance, and whether one person would turn it.

Sources: 29 CFR 1607.4 D and the questions and answers of 1979 on it (numbers 19 to 24) for ratio, small numbers and the one-person
check; 29 CFR 1607.15 A (2)(a) for groups under two per cent; Hazelwood School District v. United States (1977) for two standard deviations.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

FOUR_FIFTHS = Fraction(4, 5)
SMALLEST_SHARE = Fraction(2, 100)  # of all: a smaller group is never the one others are compared with
SMALLEST_CELL = 5
SMALLEST_SAMPLE = 30
TWO_DEVIATIONS = 1.96
LEVEL = 0.05


class Finding(StrEnum):
    """What the figures of a group say."""

    REFERENCE = "reference"
    ALONE = "alone"
    NO_SELECTIONS = "no_selections"
    NOTHING = "nothing"
    RATIO_TOO_SMALL = "ratio_too_small"
    RATIO_NOT_SIGNIFICANT = "ratio_not_significant"
    RATIO_AND_SIGNIFICANT = "ratio_and_significant"
    SIGNIFICANT_ONLY = "significant_only"


class Method(StrEnum):
    """Which test of significance decides: the exact one where numbers are small."""

    EXACT = "exact"
    NORMAL = "normal"


@dataclass(frozen=True)
class Group:
    """Candidates of one group at one gate: how many were decided on, and how many of them passed."""

    name: str
    decided: int
    passed: int

    @property
    def rate(self) -> Fraction:
        """The share that passed."""
        return Fraction(self.passed, self.decided)


@dataclass(frozen=True)
class Comparison:
    """One group beside the one with the highest rate. `p` is of the test that `method` names, `holm` the same after Holm's correction."""

    group: Group
    finding: Finding
    ratio: Fraction | None = None
    z: float | None = None
    exact: Fraction | None = None
    method: Method | None = None
    p: float | None = None
    holm: float | None = None
    ratio_after_one: Fraction | None = None
    turns: bool = False
    shortfall: int = 0
    expected_shortfall: Fraction = Fraction(0)

    @property
    def flagged(self) -> bool:
        """Whether the ratio is under four fifths; exactly four fifths is not."""
        return self.ratio is not None and self.ratio < FOUR_FIFTHS


def compare(groups: Sequence[Group]) -> list[Comparison]:
    """Each group beside the reference, the reference first and then by rate. Groups nobody of whom was decided on are left out."""
    present = sorted((group for group in groups if group.decided), key=lambda group: (-group.rate, -group.decided, group.name))
    if len(present) < 2:
        return [Comparison(group, Finding.ALONE) for group in present]
    top = _reference(present)
    if top is None:
        return [Comparison(group, Finding.NO_SELECTIONS) for group in present]
    others = [_beside(group, top, present) for group in present if group is not top]
    return [Comparison(top, Finding.REFERENCE, ratio=Fraction(1)), *_corrected(others)]


def _reference(present: Sequence[Group]) -> Group | None:
    total = sum(group.decided for group in present)
    large = [group for group in present if group.decided >= SMALLEST_SHARE * total]
    return large[0] if large and large[0].passed else None


def _beside(group: Group, top: Group, present: Sequence[Group]) -> Comparison:
    ratio = group.rate / top.rate
    method = Method.EXACT if _is_small(group, top) else Method.NORMAL
    z, exact = deviations(top, group), None
    if method is Method.EXACT:
        exact = exact_probability(top, group)
    p = float(exact) if exact is not None else _two_sided(z)
    after, turns = one_person(top, group)
    every, passed = sum(one.decided for one in present), sum(one.passed for one in present)
    compared = Comparison(
        group,
        Finding.NOTHING,
        ratio=ratio,
        z=z,
        exact=exact,
        method=method,
        p=p,
        ratio_after_one=after,
        turns=turns,
        shortfall=max(0, math.ceil(FOUR_FIFTHS * top.rate * group.decided) - group.passed),
        expected_shortfall=max(Fraction(0), Fraction(group.decided * passed, every) - group.passed),
    )
    return replace(compared, finding=_finding(compared))


def _finding(compared: Comparison) -> Finding:
    significant = abs(compared.z or 0) > TWO_DEVIATIONS if compared.method is Method.NORMAL else (compared.p or 1) < LEVEL
    if not compared.flagged:
        return Finding.SIGNIFICANT_ONLY if significant else Finding.NOTHING
    if significant:
        return Finding.RATIO_AND_SIGNIFICANT
    return Finding.RATIO_TOO_SMALL if compared.turns else Finding.RATIO_NOT_SIGNIFICANT


def _is_small(one: Group, other: Group) -> bool:
    total, passed = one.decided + other.decided, one.passed + other.passed
    expected = (Fraction(group.decided * part, total) for group in (one, other) for part in (passed, total - passed))
    return total < SMALLEST_SAMPLE or any(cell < SMALLEST_CELL for cell in expected)


def deviations(top: Group, group: Group) -> float:
    """How many standard deviations the two rates lie apart, pooled. 0 where everybody passed, or nobody."""
    total, passed = top.decided + group.decided, top.passed + group.passed
    variance = Fraction(passed, total) * Fraction(total - passed, total) * (Fraction(1, top.decided) + Fraction(1, group.decided))
    return float(top.rate - group.rate) / math.sqrt(variance) if variance else 0.0


def exact_probability(top: Group, group: Group) -> Fraction:
    """Fisher's exact test, two-sided: how likely what was seen, or anything less likely, would be if the group made no difference."""
    total, passed = top.decided + group.decided, top.passed + group.passed
    lowest, highest = max(0, passed - group.decided), min(top.decided, passed)
    ways = [math.comb(top.decided, k) * math.comb(group.decided, passed - k) for k in range(lowest, highest + 1)]
    seen = ways[top.passed - lowest]
    return Fraction(sum(way for way in ways if way <= seen), math.comb(total, passed))


def one_person(top: Group, group: Group) -> tuple[Fraction | None, bool]:
    """The ratio if one who passed had been of the other group, and whether that turns the result: then numbers are too small to conclude."""
    if group.passed >= group.decided or not top.passed:
        return None, False
    first, second = Fraction(top.passed - 1, top.decided), Fraction(group.passed + 1, group.decided)
    ratio = min(first, second) / max(first, second)
    return ratio, second >= first or ratio >= FOUR_FIFTHS


def _two_sided(z: float) -> float:
    return math.erfc(abs(z) / math.sqrt(2))


def _corrected(compared: Sequence[Comparison]) -> list[Comparison]:
    """With Holm's correction, for the more groups are compared the likelier one differs by chance."""
    order = sorted(range(len(compared)), key=lambda place: compared[place].p or 0.0)
    corrected: dict[int, float] = {}
    least = 0.0
    for rank, place in enumerate(order):
        least = max(least, min(1.0, (len(compared) - rank) * (compared[place].p or 0.0)))
        corrected[place] = least
    return [replace(one, holm=corrected[place]) for place, one in enumerate(compared)]
