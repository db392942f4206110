"""What is missing between what a role asks for and what a person can do. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Gap:
    """One competency: what is expected, what each side saw, and what is missing. The manager's word counts before one's own."""

    competency_id: int
    name: str
    expected: int
    own: int | None
    seen: int | None

    @property
    def level(self) -> int | None:
        """The level that counts."""
        return self.own if self.seen is None else self.seen

    @property
    def missing(self) -> int:
        """How many levels are missing; all of them where nobody has looked yet."""
        return max(0, self.expected - (self.level or 0))


def gaps(expected: Mapping[int, tuple[str, int]], own: Mapping[int, int], seen: Mapping[int, int]) -> list[Gap]:
    """The competencies of a role, the largest gap first."""
    found = [Gap(key, name, level, own.get(key), seen.get(key)) for key, (name, level) in expected.items()]
    return sorted(found, key=lambda gap: (-gap.missing, gap.name))
