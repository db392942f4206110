"""What is shown of a graded attempt to the person who sat it, and from when on."""

from dataclasses import dataclass
from datetime import datetime

from training.catalogue.models import Shown
from training.exams.models import Attempt


@dataclass(frozen=True)
class Shows:
    """Whether each thing about an attempt may be shown now."""

    score: bool
    correctness: bool
    answers: bool
    feedback: bool


EVERYTHING = Shows(score=True, correctness=True, answers=True, feedback=True)  # for those who decide about marks


def shows(attempt: Attempt, *, at: datetime) -> Shows:
    """What may be shown of a graded attempt at an instant. Needs `course_version` to be loaded. Who sees right answers sees which were right."""
    version = attempt.course_version
    answers = _is_shown(version.answers_shown, attempt, at)
    return Shows(
        score=_is_shown(version.score_shown, attempt, at),
        correctness=answers or _is_shown(version.correctness_shown, attempt, at),
        answers=answers,
        feedback=_is_shown(version.feedback_shown, attempt, at),
    )


def _is_shown(wanted: Shown, attempt: Attempt, at: datetime) -> bool:
    if attempt.is_open or wanted is Shown.NEVER:
        return False
    if wanted is Shown.CLOSED:
        return attempt.closes_at is not None and at > attempt.closes_at
    return wanted is Shown.AT_ONCE or bool(attempt.passed)
