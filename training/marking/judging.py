"""What marks are worth, alone and together. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from core.errors import Invalid
from core.web.i18n import _
from training.items.by_hand import Criterion


@dataclass(frozen=True)
class Sheet:
    """The level chosen for each criterion, by its place in the rubric, with a note to each."""

    levels: tuple[int, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class CriterionMark:
    """What a criterion earned, in the words of the levels chosen, with what was noted."""

    text: str
    best: int
    points: Fraction
    levels: tuple[str, ...]
    notes: tuple[str, ...]


def points_of(criteria: Sequence[Criterion], levels: Sequence[int]) -> int:
    """What a sheet earns. Raises Invalid unless each criterion has one of its levels."""
    chosen = list(zip(criteria, levels, strict=False))
    if len(levels) != len(criteria) or any(not 0 <= level < len(criterion.levels) for criterion, level in chosen):
        raise Invalid(_("Choose a level for every criterion."))
    return sum(criterion.levels[level].points for criterion, level in chosen)


def together(points: Sequence[int], *, may_differ: int) -> Fraction | None:
    """What marks by different people are worth together: their mean, or nothing where they lie too far apart."""
    if max(points) - min(points) > may_differ:
        return None
    return Fraction(sum(points), len(points))


def by_criterion(criteria: Sequence[Criterion], sheets: Sequence[Sheet]) -> list[CriterionMark]:
    """Criterion by criterion what the sheets that count say; several count with their mean."""
    marks = []
    for place, criterion in enumerate(criteria):
        chosen = [criterion.levels[sheet.levels[place]] for sheet in sheets]
        marks.append(
            CriterionMark(
                text=criterion.text,
                best=criterion.best,
                points=Fraction(sum(level.points for level in chosen), len(chosen)) if chosen else Fraction(0),
                levels=tuple(dict.fromkeys(level.text for level in chosen)),
                notes=tuple(note for sheet in sheets if (note := sheet.notes[place])),
            )
        )
    return marks
