"""How the sections of an attempt came out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from training.exams.grading import is_passed


@dataclass(frozen=True)
class Mark:
    """What one question put into an attempt: the section it was drawn for (inner id), points earned, points counted."""

    section: int | None
    earned: Fraction
    counted: int


def section_points(marks: Iterable[Mark]) -> dict[int, tuple[Fraction, int]]:
    """Section to points earned and points that could be earned."""
    points: dict[int, tuple[Fraction, int]] = {}
    for mark in marks:
        if mark.section is not None:
            earned, possible = points.get(mark.section, (Fraction(0), 0))
            points[mark.section] = earned + mark.earned, possible + mark.counted
    return points


def sections_reached(marks: Iterable[Mark], pass_marks: Mapping[int, int]) -> bool:
    """Whether every section with a pass mark of its own reaches it. One of whose questions none counts any more fails nobody."""
    points = section_points(marks)
    return all(is_passed(*points[section], mark) for section, mark in pass_marks.items() if section in points and points[section][1] > 0)
