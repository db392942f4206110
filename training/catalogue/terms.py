"""How the exam of a version is held."""

from dataclasses import dataclass

from training.catalogue.models import Counting, Shown


@dataclass(frozen=True)
class ExamTerms:
    """How the exam of a version is held."""

    pass_mark: int = 80
    minutes: int = 30
    item_count: int = 8
    attempts_allowed: int = 3
    double_marking: bool = False
    marks_may_differ: int = 1
    cool_down_hours: int = 0
    partial_credit: bool = False
    penalty_percent: int = 0
    counting: Counting = Counting.BEST
    score_shown: Shown = Shown.AT_ONCE
    correctness_shown: Shown = Shown.AT_ONCE
    answers_shown: Shown = Shown.PASSED
    feedback_shown: Shown = Shown.PASSED
    honour_statement: str = ""
    logs_focus: bool = False
    needs_attendance: bool = False
