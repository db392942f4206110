"""Which answers may be told: always whole groups of five or more, fixed once and for good. Pure.

Every figure that is ever shown is the sum of whole groups, and the groups do not overlap. So whatever is filtered by, and whatever is
subtracted from what on whichever day, what is left is again whole groups: never fewer than five people.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from onboarding.pulse.questions import Wave

SMALLEST_GROUP = 5


@dataclass(frozen=True)
class Given:
    """One person's answers while they wait to be told with others', with no more of whose they are than a group needs."""

    key: Any
    wave: Wave
    quarter_on: date
    department: int | None
    manager: int | None
    answers: tuple[int, ...]


@dataclass(frozen=True)
class Group:
    """Answers that are told together. None where they are of several departments or managers; `quarter_on` is the latest."""

    wave: Wave
    quarter_on: date
    department: int | None
    manager: int | None
    members: tuple[Given, ...]

    @property
    def sums(self) -> list[int]:
        """The sum of the answers to each question."""
        return [sum(column) for column in zip(*(member.answers for member in self.members), strict=True)]


def quarter(day: date) -> date:
    """The first day of the day's quarter."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def groups(waiting: Sequence[Given], *, on: date) -> list[Group]:
    """The groups that can be made on the day.

    Those of one manager in one department as soon as they are five; what is left of ended quarters by department, and what is left
    then of all departments together. Fewer than five go on waiting for others.
    """
    found: list[Group] = []
    left = list(waiting)
    left = _take(left, lambda given: (given.wave, given.department, given.manager) if given.manager else None, found)
    over = [given for given in left if given.quarter_on < quarter(on)]
    over = _take(over, lambda given: (given.wave, given.department, None) if given.department else None, found)
    _take(over, lambda given: (given.wave, None, None), found)
    return found


def _take(waiting: list[Given], key: Callable[[Given], tuple[Wave, int | None, int | None] | None], found: list[Group]) -> list[Given]:
    """Move those that make a group of five or more by the key into `found`; the others are returned."""
    by_key: dict[Hashable, list[Given]] = defaultdict(list)
    left = []
    for given in waiting:
        named = key(given)
        if named is None:
            left.append(given)
        else:
            by_key[named].append(given)
    for members in by_key.values():
        named = key(members[0])
        if len(members) >= SMALLEST_GROUP and named is not None:
            wave, department, manager = named
            found.append(Group(wave, max(given.quarter_on for given in members), department, manager, tuple(members)))
        else:
            left += members
    return left
