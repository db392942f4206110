"""When the next attempt at an exam may begin, and until when answers count."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from training.exams.models import Attempt
from training.openings.policy import ALWAYS_OPEN, Window

TOLERANCE = timedelta(seconds=10)  # for what was on its way when time ran out


class StartState(StrEnum):
    """Whether an exam may begin."""

    READY = "ready"
    RESUME = "resume"
    UNREAD = "unread"
    WAIT = "wait"
    BEING_MARKED = "being_marked"
    LOCKED = "locked"
    NO_EXAM = "no_exam"
    NOT_OPEN = "not_open"
    NOT_ATTENDED = "not_attended"


@dataclass(frozen=True)
class Start:
    """Whether, and from when, a person may begin an attempt; how many are left."""

    state: StartState
    attempts_left: int
    not_before: datetime | None = None
    is_practice: bool = False  # an attempt begun now could not complete the course
    window: Window = ALWAYS_OPEN
    extra_percent: int = 0  # how much more time the person has


def may_start(
    *,
    unread: int,
    has_attended: bool = True,
    left: int,
    open_attempt: bool,
    being_marked: bool = False,
    last_failed: tuple[datetime, datetime] | None,
    cool_down: timedelta,
    at: datetime,
) -> Start:
    """Whether an attempt may begin.

    `has_attended` is whether the person came to a session, where that is asked. `last_failed` is when the last attempt began and ended, with
    its limit: the earlier end counts.
    """
    if open_attempt:
        return Start(StartState.RESUME, left)
    if being_marked:
        return Start(StartState.BEING_MARKED, left)
    if unread:
        return Start(StartState.UNREAD, left)
    if not has_attended:
        return Start(StartState.NOT_ATTENDED, left)
    if left == 0:
        return Start(StartState.LOCKED, 0)
    if last_failed is not None and cool_down:
        not_before = min(last_failed) + cool_down
        if at < not_before:
            return Start(StartState.WAIT, left, not_before)
    return Start(StartState.READY, left)


def takes_answers(attempt: Attempt, *, at: datetime) -> bool:
    """Whether answers still count: handed in neither by the person nor by the clock, with a tolerance for what was on its way."""
    return attempt.is_open and at <= attempt.deadline_at + TOLERANCE


def has_run_out(attempt: Attempt, *, at: datetime) -> bool:
    """Whether time is up although nobody has closed the attempt yet."""
    return attempt.is_open and at > attempt.deadline_at + TOLERANCE
