"""Which questions want mending, and why. Pure; nothing is said of a question before enough attempts have asked it."""

from enum import StrEnum

from training.analysis.item_analysis import ExamFigures, ItemFigures

ENOUGH = 30  # attempts before anything is called good or bad
FEWEST = 5  # people before any figure is shown
STEP = 5  # attempts are counted in whole steps, so that one more person's answers cannot be read off
DEAD = 5.0  # percent
EASY, HARD = 95.0, 5.0
WEAK, VERY_WEAK, ADEQUATE, VERY_GOOD = 30.0, 20.0, 30.0, 50.0
SATISFACTORY, UNSATISFACTORY = 0.75, 0.64
MANY_HURRIED = 0.1  # of the attempts whose times are known


class Reason(StrEnum):
    """Why a question wants mending."""

    NEGATIVE = "negative"
    WRONG_KEY = "wrong_key"
    BELOW_GUESSING = "below_guessing"
    TOO_HARD = "too_hard"
    TOO_EASY = "too_easy"
    VERY_WEAK = "very_weak"
    DEAD_OPTION = "dead_option"
    HURRIED = "hurried"


GRAVE = frozenset({Reason.NEGATIVE, Reason.WRONG_KEY, Reason.BELOW_GUESSING})


class Band(StrEnum):
    """How well a question tells the able from the others."""

    VERY_GOOD = "very_good"
    ADEQUATE = "adequate"
    WEAK = "weak"
    VERY_WEAK = "very_weak"
    NEGATIVE = "negative"


class ReliabilityBand(StrEnum):
    """How far a second exam of the same kind would put people in the same order."""

    SATISFACTORY = "satisfactory"
    BETWEEN = "between"
    UNSATISFACTORY = "unsatisfactory"


def band_of(item: ItemFigures) -> Band | None:
    """The band of its discrimination; None without enough attempts."""
    value = item.discrimination
    if value is None or item.asked < ENOUGH:
        return None
    if value < 0:
        return Band.NEGATIVE
    bounds = ((VERY_GOOD, Band.VERY_GOOD), (ADEQUATE, Band.ADEQUATE), (VERY_WEAK, Band.WEAK))
    return next((band for bound, band in bounds if value >= bound), Band.VERY_WEAK)


def reliability_band(exam: ExamFigures) -> ReliabilityBand | None:
    """The band of its reliability; None without enough attempts."""
    if exam.reliability is None or exam.sittings < ENOUGH:
        return None
    if exam.reliability > SATISFACTORY:
        return ReliabilityBand.SATISFACTORY
    return ReliabilityBand.UNSATISFACTORY if exam.reliability < UNSATISFACTORY else ReliabilityBand.BETWEEN


def dead_options(item: ItemFigures) -> list[int]:
    """Wrong options that hardly anybody chooses; none are named without enough attempts."""
    return [option.id for option in item.options if item.asked >= ENOUGH and not option.is_right and option.chosen < DEAD]


def rivals_of_key(item: ItemFigures) -> list[int]:
    """Wrong options that the best third chose more often than any right one: perhaps the key is wrong. None without enough attempts."""
    key = max((option.by_best for option in item.options if option.is_right), default=None)
    if key is None or item.asked < ENOUGH:
        return []
    return [option.id for option in item.options if not option.is_right and option.by_best > key]


def reasons_of(item: ItemFigures) -> list[Reason]:
    """Why the question wants mending, the gravest first; nothing without enough attempts."""
    if item.asked < ENOUGH:
        return []
    discrimination = item.discrimination
    found = {
        Reason.NEGATIVE: discrimination is not None and discrimination < 0,
        Reason.WRONG_KEY: bool(rivals_of_key(item)),
        Reason.BELOW_GUESSING: item.guess is not None and item.facility < item.guess,
        Reason.TOO_HARD: item.facility <= HARD,
        Reason.TOO_EASY: item.facility >= EASY,
        Reason.VERY_WEAK: discrimination is not None and 0 <= discrimination < VERY_WEAK,
        Reason.DEAD_OPTION: bool(dead_options(item)),
        Reason.HURRIED: item.timed >= ENOUGH and item.hurried > MANY_HURRIED * item.timed,
    }
    return [reason for reason, holds in found.items() if holds]
