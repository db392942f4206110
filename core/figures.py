"""Days told by histograms, and shares told exactly: pure."""

from collections.abc import Mapping
from fractions import Fraction


def total(days: Mapping[int, int]) -> int:
    """How many were counted. `days` maps a number of whole days to how many took so long."""
    return sum(days.values())


def percentile(days: Mapping[int, int], share: Fraction) -> int | None:
    """The fewest days within which at least this share was done; None if nothing was counted."""
    wanted, seen = share * total(days), 0
    for length in sorted(days):
        seen += days[length]
        if seen >= wanted and seen:
            return length
    return None


def median(days: Mapping[int, int]) -> Fraction | None:
    """The middle: half took no longer. Between the two middle ones where their number is even."""
    count = total(days)
    if not count:
        return None
    return Fraction(_nth(days, (count + 1) // 2) + _nth(days, count // 2 + 1), 2)


def _nth(days: Mapping[int, int], place: int) -> int:
    seen = 0
    for length in sorted(days):
        seen += days[length]
        if seen >= place:
            return length
    raise IndexError(place)


def share(part: int, whole: int) -> Fraction | None:
    """The part of the whole; None of nothing."""
    return Fraction(part, whole) if whole else None
