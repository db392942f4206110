"""The sections of a graded attempt as its person reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from training.exams.grading import is_passed
from training.sections.judging import Mark, section_points
from training.sections.models import ExamSection

if TYPE_CHECKING:
    from training.exams.results import ResultLine


@dataclass(frozen=True)
class SectionResult:
    """A section's name, its points, and whether its own pass mark was reached; None where it has none."""

    title: str
    earned: Fraction
    possible: int
    pass_mark: int | None
    is_reached: bool | None


def section_results(sections: Sequence[ExamSection], lines: Sequence["ResultLine"]) -> list[SectionResult]:
    """How each section came out, in order."""
    points = section_points(Mark(line.section, line.earned, 0 if line.is_taken_out else line.points) for line in lines)
    found = []
    for section in sections:
        earned, possible = points.get(section.id, (Fraction(0), 0))
        reached = None if section.pass_mark is None or not possible else is_passed(earned, possible, section.pass_mark)
        found.append(SectionResult(section.title, earned, possible, section.pass_mark, reached))
    return found
