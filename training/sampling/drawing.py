"""Drawing lines of a population by a seed, so that anybody draws the same again with public tools. Pure.

Each line gets the SHA-256 of `seed:line`; those with the smallest are drawn. By strata each gets its share of the size, rounded by largest
remainder, and at least one line where the size allows.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Unit:
    """A person and a requirement that may be drawn."""

    person_id: UUID
    lineage: UUID
    stratum: str = ""

    @property
    def line(self) -> str:
        """The unit in a line of text: person, a space, rule."""
        return f"{self.person_id} {self.lineage}"


def population_hash(units: Sequence[Unit]) -> str:
    """SHA-256 over the sorted lines of all units, each ended by a line feed."""
    return hashlib.sha256("".join(f"{line}\n" for line in sorted(unit.line for unit in units)).encode()).hexdigest()


def rank(seed: str, unit: Unit) -> str:
    """What decides whether the unit is drawn: the smallest are."""
    return hashlib.sha256(f"{seed}:{unit.line}".encode()).hexdigest()


def draw(units: Sequence[Unit], *, size: int, seed: str) -> list[Unit]:
    """The drawn units, by stratum and rank."""
    strata: dict[str, list[Unit]] = {}
    for unit in units:
        strata.setdefault(unit.stratum, []).append(unit)
    shares = allocate({name: len(members) for name, members in strata.items()}, size=size)
    drawn: list[Unit] = []
    for name in sorted(strata):
        drawn += sorted(strata[name], key=lambda unit: rank(seed, unit))[: shares[name]]
    return drawn


def allocate(counts: Mapping[str, int], *, size: int) -> dict[str, int]:
    """How many to draw of each stratum: its share, rounded by largest remainder, at least one of each where there are enough to draw."""
    whole = sum(counts.values())
    least = 1 if size >= len(counts) else 0
    exact = {name: size * count / whole for name, count in counts.items()}
    shares = {name: min(max(int(exact[name]), least), counts[name]) for name in counts}
    by_remainder = sorted(counts, key=lambda name: (-(exact[name] - int(exact[name])), name))
    while sum(shares.values()) < size:
        for name in by_remainder:
            if sum(shares.values()) < size and shares[name] < counts[name]:
                shares[name] += 1
    while sum(shares.values()) > size:
        largest = max(counts, key=lambda name: (shares[name], name))
        shares[largest] -= 1
    return shares
