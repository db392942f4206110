"""Which of somebody's attempts at a version counts, where there are several."""

from collections.abc import Sequence
from fractions import Fraction

from training.catalogue.models import Counting
from training.exams.models import Attempt


def counting_attempts(attempts: Sequence[Attempt]) -> set[int]:
    """Of attempts (newest first, with their versions), inner keys of those that count: one for each version sat more than once."""
    by_version: dict[int, list[Attempt]] = {}
    for attempt in reversed(attempts):
        if not attempt.is_open and not attempt.is_practice:
            by_version.setdefault(attempt.version_id, []).append(attempt)
    return {_counting(sat).id for sat in by_version.values() if len(sat) > 1}


def _counting(sat: Sequence[Attempt]) -> Attempt:
    rule = sat[0].course_version.counting
    if rule is Counting.BEST:
        return max(sat, key=lambda attempt: (bool(attempt.passed), attempt.percent or Fraction(0)))
    return sat[-1]  # where the first counts, later ones are practice, but for those granted, and they come in its place
