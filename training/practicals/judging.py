"""Whether what was seen meets a standard. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

CRITICAL = "!"


@dataclass(frozen=True)
class Wanted:
    """A criterion as a standard asks it."""

    id: int
    is_critical: bool


def meets(criteria: Sequence[Wanted], met: Mapping[int, bool], *, share_needed: int) -> bool:
    """Whether every critical criterion and the share of all of them were met."""
    if any(not met.get(one.id, False) for one in criteria if one.is_critical):
        return False
    return bool(criteria) and 100 * sum(met.get(one.id, False) for one in criteria) >= share_needed * len(criteria)


def read_criteria(text: str) -> list[tuple[str, bool]]:
    """One criterion a line, critical where it begins with an exclamation mark."""
    lines = [line.strip() for line in text.splitlines()]
    found = [(line.removeprefix(CRITICAL).strip(), line.startswith(CRITICAL)) for line in lines]
    return [(words, is_critical) for words, is_critical in found if words]
