"""The analysis of a version's exam, as its page and its files show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from training.analysis import queries
from training.analysis.item_analysis import ExamFigures, ItemFigures, analyse
from training.analysis.reading import asked_of, in_steps, left_out, sitting_of
from training.analysis.verdicts import FEWEST, GRAVE, STEP, Band, Reason, band_of, dead_options, reasons_of, rivals_of_key
from training.catalogue.models import CourseVersion
from training.items.models import Item
from training.regrading.corrections import corrections_of


@dataclass(frozen=True)
class Line:
    """A question with its figures, its place in the version, and what is to be mended."""

    number: int
    item: Item
    figures: ItemFigures
    band: Band | None
    reasons: Sequence[Reason]
    dead: Sequence[int]
    rivals: Sequence[int]

    @property
    def is_grave(self) -> bool:
        """Whether the question may do people wrong."""
        return any(reason in GRAVE for reason in self.reasons)


@dataclass(frozen=True)
class Analysis:
    """What is known of a version's exam. `exam` is None while so few have sat it that figures would tell of single people."""

    version: CourseVersion
    first_only: bool
    exam: ExamFigures | None
    lines: Sequence[Line]
    faulty: int  # questions left out because they were found faulty

    @property
    def to_mend(self) -> list[Line]:
        """Questions that want mending, those that may do people wrong first."""
        return sorted((line for line in self.lines if line.reasons), key=lambda line: (not line.is_grave, line.number))


def analysis_of(version: CourseVersion, *, first_only: bool) -> Analysis:
    """Analyse the graded attempts at a version, in three statements. Needs `items` with options.

    Attempts count in whole steps, so that no single person's answers can be read off.
    """
    corrections = corrections_of(version.id)
    asked = asked_of(version.items, corrections)
    known = {item.id for item in asked}
    attempts = in_steps(queries.graded(version, first_only=first_only), step=STEP)
    enough = len(attempts) >= FEWEST
    exam = analyse(asked, [sitting_of(one, known) for one in attempts]) if enough else None
    found = {figures.id: figures for figures in exam.items} if exam else {}
    lines = [
        Line(
            number=number,
            item=item,
            figures=figures,
            band=band_of(figures),
            reasons=reasons_of(figures),
            dead=dead_options(figures),
            rivals=rivals_of_key(figures),
        )
        for number, item in enumerate(version.items, start=1)
        if (figures := found.get(item.id)) is not None and figures.asked >= FEWEST
    ]
    return Analysis(version, first_only, exam, lines, len(left_out(corrections)))
