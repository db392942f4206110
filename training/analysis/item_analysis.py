"""What answers say about the questions: the figures of classical test theory. Pure.

The formulas are those of Moodle's quiz statistics and of Kuder and Richardson (1937) and Cronbach (1951); see docs/decisions/0025.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from statistics import fmean, median, quantiles
from typing import Any

OUTER = 0.27  # of all attempts, at each end of the scores, for the classical index
HURRIED, DRAGGED = 0.1, 3.0  # under a tenth of the median; over the third quarter by three times the middle half
FEWEST_PAIRS = 10  # attempts that asked both of two questions before their covariance counts


@dataclass(frozen=True)
class Asked:
    """A question: its points, and what a blind guess earns in percent, if that can be told."""

    id: int
    points: float
    guess: float | None = None
    right: frozenset[int] = frozenset()
    options: tuple[int, ...] = ()


@dataclass(frozen=True)
class Sitting:
    """One attempt: the points each question asked in it earned, what was chosen, and the seconds each answer took."""

    earned: Mapping[int, float]
    chosen: Mapping[int, frozenset[int]] = field(default_factory=dict)
    seconds: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class OptionFigures:
    """How often an option was chosen, of all, of the best third and of the weakest, in percent."""

    id: int
    is_right: bool
    chosen: float
    by_best: float
    by_weakest: float


@dataclass(frozen=True)
class ItemFigures:
    """The figures of one question; None where they cannot be told. Everything but `asked` and seconds is in percent."""

    id: int
    asked: int
    facility: float
    spread: float | None
    discrimination: float | None  # correlation of the item with the rest of the exam
    efficiency: float | None  # of the greatest covariance its marks allow
    upper_lower: float | None  # facility among the best less that among the weakest
    guess: float | None
    options: tuple[OptionFigures, ...] = ()
    median_seconds: float | None = None
    hurried: int = 0
    dragged: int = 0
    timed: int = 0


@dataclass(frozen=True)
class ExamFigures:
    """The figures of the exam as a whole, in percent of the points; None where they cannot be told."""

    sittings: int
    mean: float | None
    deviation: float | None
    reliability: float | None  # between 0 and 1, or below where the questions work against each other
    standard_error: float | None
    is_dichotomous: bool  # right or wrong, all worth the same: then alpha is KR-20
    is_complete: bool  # every attempt asked the same questions
    items: tuple[ItemFigures, ...] = ()


def analyse(asked: Sequence[Asked], sittings: Sequence[Sitting]) -> ExamFigures:
    """All figures. Questions that no sitting asked are left out."""
    by_id = {item.id: item for item in asked}
    known = [_only(one, by_id) for one in sittings]
    wholes = [_whole(one, by_id) for one in known]
    scores = [100 * earned / possible if possible else 0.0 for earned, possible in wholes]
    places = sorted(range(len(known)), key=lambda place: scores[place])
    columns: dict[int, list[int]] = defaultdict(list)
    for place in places:
        for item_id in known[place].earned:
            columns[item_id].append(place)
    items = tuple(_item(item, columns[item.id], known, wholes) for item in asked if item.id in columns)
    reliability = alpha(known)
    deviation = _deviation(scores)
    error = None if reliability is None or deviation is None or not 0 <= reliability <= 1 else deviation * sqrt(1 - reliability)
    return ExamFigures(
        sittings=len(known),
        mean=fmean(scores) if scores else None,
        deviation=deviation,
        reliability=reliability,
        standard_error=error,
        is_dichotomous=_is_dichotomous(known, by_id),
        is_complete=len({frozenset(one.earned) for one in known}) <= 1,
        items=items,
    )


def _only(sitting: Sitting, known: Mapping[int, Asked]) -> Sitting:
    return Sitting({key: value for key, value in sitting.earned.items() if key in known}, sitting.chosen, sitting.seconds)


def _whole(sitting: Sitting, asked: Mapping[int, Asked]) -> tuple[float, float]:
    """What a sitting earned, of how much."""
    return sum(sitting.earned.values()), sum(asked[key].points for key in sitting.earned)


def _is_dichotomous(sittings: Sequence[Sitting], asked: Mapping[int, Asked]) -> bool:
    used = {key for one in sittings for key in one.earned}
    same = len({asked[key].points for key in used}) == 1
    return same and all(value in (0, asked[key].points) for one in sittings for key, value in one.earned.items())


def _deviation(values: Sequence[float]) -> float | None:
    return sqrt(variance(values)) if len(values) > 1 else None


def variance(values: Sequence[float]) -> float:
    """The variance of a sample, by n - 1."""
    mean = fmean(values)
    return sum((value - mean) ** 2 for value in values) / (len(values) - 1)


def covariance(first: Sequence[float], second: Sequence[float]) -> float:
    """The covariance of a sample, by n - 1."""
    mine, theirs = fmean(first), fmean(second)
    return sum((one - mine) * (other - theirs) for one, other in zip(first, second, strict=True)) / (len(first) - 1)


def _item(item: Asked, places: Sequence[int], sittings: Sequence[Sitting], wholes: Sequence[tuple[float, float]]) -> ItemFigures:
    """The figures of an item; `places` are the sittings that asked it, from the lowest score to the highest."""
    marks = [sittings[place].earned[item.id] for place in places]
    rests = [_rest(wholes[place], mark, item.points) for place, mark in zip(places, marks, strict=True)]
    spread = _deviation(marks)
    return ItemFigures(
        id=item.id,
        asked=len(places),
        facility=100 * fmean(marks) / item.points,
        spread=None if spread is None else 100 * spread / item.points,
        discrimination=discrimination(marks, rests),
        efficiency=efficiency(marks, rests),
        upper_lower=_upper_lower(marks, item.points),
        guess=item.guess,
        options=_options(item, [sittings[place].chosen.get(item.id, frozenset()) for place in places]),
        **_times([sittings[place].seconds[item.id] for place in places if item.id in sittings[place].seconds]),
    )


def _rest(whole: tuple[float, float], mark: float, points: float) -> float:
    """What the rest of the exam earned, as a share: where questions are drawn, attempts have other questions and points."""
    earned, possible = whole
    return (earned - mark) / (possible - points) if possible > points else 0.0


def discrimination(marks: Sequence[float], rests: Sequence[float]) -> float | None:
    """100 times the correlation of an item's marks with the rest; None where either does not vary."""
    if len(marks) < 2:
        return None
    spread = variance(marks) * variance(rests)
    return 100 * covariance(marks, rests) / sqrt(spread) if spread > 1e-18 else None


def efficiency(marks: Sequence[float], rests: Sequence[float]) -> float | None:
    """100 times the covariance with the rest over the greatest it could be: that of the same marks, each sorted."""
    if len(marks) < 2:
        return None
    most = covariance(sorted(marks), sorted(rests))
    return 100 * covariance(marks, rests) / most if most > 1e-12 else None


def _upper_lower(marks: Sequence[float], points: float) -> float | None:
    """The classical index: facility among the best 27 % less that among the weakest; `marks` are ordered by score."""
    size = round(len(marks) * OUTER)
    return 100 * (fmean(marks[-size:]) - fmean(marks[:size])) / points if size else None


def _options(item: Asked, chosen: Sequence[frozenset[int]]) -> tuple[OptionFigures, ...]:
    """How often each option was chosen; `chosen` is ordered by score."""
    third = max(1, len(chosen) // 3)
    return tuple(
        OptionFigures(
            option, option in item.right, _share(chosen, option), _share(chosen[-third:], option), _share(chosen[:third], option)
        )
        for option in item.options
    )  # fmt: skip


def _share(chosen: Sequence[frozenset[int]], option: int) -> float:
    return 100 * sum(option in one for one in chosen) / len(chosen) if chosen else 0.0


def _times(seconds: Sequence[float]) -> dict[str, Any]:
    if len(seconds) < 4:
        return {"median_seconds": median(seconds) if seconds else None, "timed": len(seconds)}
    middle = median(seconds)
    first, _second, third = quantiles(seconds, n=4, method="inclusive")
    hurried = sum(value < HURRIED * middle for value in seconds)
    dragged = sum(value > third + DRAGGED * (third - first) for value in seconds)
    return {"median_seconds": middle, "hurried": hurried, "dragged": dragged, "timed": len(seconds)}


def alpha(sittings: Sequence[Sitting]) -> float | None:
    """Cronbach's alpha; for marks of 0 and 1 that is KR-20. None where it cannot be told.

    Where questions are drawn it is estimated: from the mean variance of the questions and the mean covariance of those asked together,
    for an exam of as many questions as are drawn on average. Where all are asked that is the same number.
    """
    if len(sittings) < 2:
        return None
    length = fmean(len(one.earned) for one in sittings)
    keys = sorted({key for one in sittings for key in one.earned})
    if length <= 1:
        return None
    if all(len(one.earned) == len(keys) for one in sittings):
        return _alpha_of([[one.earned[key] for one in sittings] for key in keys])
    variances = [variance(marks) for key in keys if len(marks := [one.earned[key] for one in sittings if key in one.earned]) > 1]
    covariances = _covariances(sittings)
    if not variances or not covariances:
        return None
    spread, together = fmean(variances), fmean(covariances)
    whole = spread + (length - 1) * together
    return length * together / whole if whole > 1e-12 else None


def _alpha_of(items: Sequence[Sequence[float]]) -> float | None:
    totals = [sum(marks) for marks in zip(*items, strict=True)]
    whole = variance(totals)
    return reliability(len(items), sum(map(variance, items)), whole) if whole > 1e-12 else None


def reliability(items: int, sum_of_variances: float, variance_of_totals: float) -> float:
    """n/(n-1) · (1 - Σ var_i / var_T)."""
    return items / (items - 1) * (1 - sum_of_variances / variance_of_totals)


def _covariances(sittings: Iterable[Sitting]) -> list[float]:
    """The covariance of each two questions that enough sittings asked together."""
    sums: dict[tuple[int, int], list[float]] = defaultdict(lambda: [0, 0.0, 0.0, 0.0])
    for one in sittings:
        marks = sorted(one.earned.items())
        for place, (first, mine) in enumerate(marks):
            for second, theirs in marks[place + 1 :]:
                kept = sums[first, second]
                kept[0] += 1
                kept[1] += mine
                kept[2] += theirs
                kept[3] += mine * theirs
    return [(product - mine * theirs / n) / (n - 1) for n, mine, theirs, product in sums.values() if n >= FEWEST_PAIRS]
