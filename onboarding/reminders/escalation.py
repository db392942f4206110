"""Who above hears of late tasks: one step up the reporting line for each few days. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

MOST_STEPS = 5


@dataclass(frozen=True)
class LateTasks:
    """So many tasks of one owner that were due on one day."""

    owner_id: int
    due_on: date
    count: int


@dataclass(frozen=True)
class Escalated:
    """What somebody hears about one owner."""

    owner_id: int
    count: int
    since: date


def steps_up(owner_id: int, managers: Mapping[int, int], *, steps: int) -> list[int]:
    """The people above an owner, the nearest first, so many steps at most; a line that bites its tail ends there."""
    found: list[int] = []
    seen, current = {owner_id}, owner_id
    while len(found) < min(steps, MOST_STEPS) and current in managers and managers[current] not in seen:
        current = managers[current]
        seen.add(current)
        found.append(current)
    return found


def escalated(late: Iterable[LateTasks], managers: Mapping[int, int], *, every: int, on: date) -> dict[int, list[Escalated]]:
    """Who hears of what: inner key of the person above → one line for each owner, the most tasks first."""
    gathered: dict[int, dict[int, Escalated]] = {}
    for row in late:
        for above in steps_up(row.owner_id, managers, steps=(on - row.due_on).days // every):
            lines = gathered.setdefault(above, {})
            before = lines.get(row.owner_id, Escalated(row.owner_id, 0, row.due_on))
            lines[row.owner_id] = Escalated(row.owner_id, before.count + row.count, min(before.since, row.due_on))
    return {above: in_order(lines.values()) for above, lines in gathered.items()}


def long_late(late: Iterable[LateTasks], *, days: int, on: date) -> list[Escalated]:
    """What human resources hears: what has been late for so many days, by owner."""
    lines: dict[int, Escalated] = {}
    for row in late:
        if (on - row.due_on).days >= days:
            before = lines.get(row.owner_id, Escalated(row.owner_id, 0, row.due_on))
            lines[row.owner_id] = Escalated(row.owner_id, before.count + row.count, min(before.since, row.due_on))
    return in_order(lines.values())


def in_order(lines: Iterable[Escalated]) -> list[Escalated]:
    """The most tasks first."""
    return sorted(lines, key=lambda line: (-line.count, line.since, line.owner_id))
