"""On which day somebody had done all that is required of them: pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Needed:
    """What is required of one person besides what is ticked: courses by their key, how many shadowing sessions, and reviews, with the day
    each of these was signed, None while it is not."""

    courses: tuple[int, ...] = ()
    sessions: int = 0
    reviews: tuple[date | None, ...] = ()


def productive_on(starts_on: date, ticked_on: date | None, needed: Needed, completed: Mapping[int, date], signed_off: Sequence[date]) -> date | None:
    """The day the last of it was done, not before the start; None while something is missing.

    `ticked_on` is the day of the last ticked task, None where there was none; `signed_off` are days in order.
    """
    if any(course not in completed for course in needed.courses) or len(signed_off) < needed.sessions or None in needed.reviews:
        return None
    days = [
        starts_on,
        *(day for day in needed.reviews if day is not None),
        *(completed[course] for course in needed.courses),
        *signed_off[: needed.sessions],
    ]
    return max([*days, ticked_on] if ticked_on is not None else days)
