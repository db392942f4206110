"""Who plans openings, and what an opening says about beginning now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.people.models import Person
from core.people.rights import Right
from training.openings.models import ExamOpening

WRONG_CODES = 5  # before a pause
PAUSE = timedelta(minutes=15)


@dataclass(frozen=True)
class Window:
    """Whether an exam is open to somebody now, by which opening, or from when. `is_limited`: there are openings at all."""

    is_open: bool
    opening: ExamOpening | None = None  # the one that is open, or else the next
    is_limited: bool = False


ALWAYS_OPEN = Window(True)  # a course without openings


def can_plan(person: Person) -> bool:
    """Whether the person says when exams are open."""
    return person.may(Right.WRITE_COURSES)


def window_of(openings: Sequence[tuple[ExamOpening, bool]], *, at: datetime) -> Window:
    """What a course's openings, each with whether it is for the person, say at an instant. Of several that are open, the one that closes last."""
    mine = [opening for opening, is_mine in openings if is_mine]
    running = [opening for opening in mine if opening.opens_at <= at < opening.closes_at]
    if running:
        return Window(True, max(running, key=lambda opening: opening.closes_at), True)
    ahead = [opening for opening in mine if opening.opens_at > at]
    return Window(not openings, min(ahead, key=lambda opening: opening.opens_at, default=None), bool(openings))
