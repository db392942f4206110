"""Which attempt counts, and from when on something about it is shown."""

from enum import StrEnum


class Counting(StrEnum):
    """Which of several attempts counts."""

    BEST = "best"
    LAST = "last"
    FIRST = "first"  # what follows is practice, until somebody grants one more that counts


class Shown(StrEnum):
    """From when on something about an attempt is shown to its person."""

    AT_ONCE = "at_once"
    PASSED = "passed"
    CLOSED = "closed"  # after the exam has closed for everybody
    NEVER = "never"
