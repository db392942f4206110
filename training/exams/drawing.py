"""Which questions an attempt asks, and in which order."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from training.items.models import Difficulty, ItemKind


@dataclass(frozen=True)
class Drawable:
    """An item that can be drawn: inner ids of it and of its options in their written order, and what it is drawn by.

    `rights` are the options whose right side is offered.
    """

    id: int
    kind: ItemKind
    options: tuple[int, ...]
    tag: str = ""
    difficulty: Difficulty = Difficulty.MEDIUM
    rights: tuple[int, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """So many items for a section (inner id; None without sections), of one tag, of one difficulty, of both, or any."""

    section: int | None
    count: int
    tag: str = ""
    difficulty: Difficulty | None = None

    def takes(self, item: Drawable) -> bool:
        """Whether the item is one of those wanted."""
        return (not self.tag or item.tag.casefold() == self.tag.casefold()) and self.difficulty in (None, item.difficulty)


@dataclass
class _Filling:
    """Wanted lines and the items given to each; an item given away may be moved to another line that takes it."""

    wanted: Sequence[Wanted]
    given: list[list[Drawable]] = field(init=False)

    def __post_init__(self) -> None:
        self.given = [[] for _line in self.wanted]

    def add(self, item: Drawable, tried: set[int] | None = None) -> bool:
        tried = set() if tried is None else tried
        for line, wanted in enumerate(self.wanted):
            if line in tried or not wanted.takes(item):
                continue
            tried.add(line)
            held = self.given[line]
            if len(held) < wanted.count:
                held.append(item)
                return True
            for place, other in enumerate(held):
                if self.add(other, tried):
                    held[place] = item
                    return True
        return False


def draw(pool: Sequence[Drawable], wanted: int | Sequence[Wanted], *, seed: int, seen: Collection[int] = ()) -> list[dict[str, Any]]:
    """What is wanted of the pool (a number: so many of any kind), section by section, in random order, the options too
    (not of true or false); the same for the same seed.

    Items asked least often before come first: `seen` holds an item once for each time. No item is left out that a line
    could take while another line holds what it could do without, so as many are drawn as the pool can give.
    """
    lines = [Wanted(None, wanted)] if isinstance(wanted, int) else wanted
    chance = Random(seed)  # noqa: S311  (the seed is drawn from the secret source, see actions)
    ordered = sorted(pool, key=lambda item: item.id)
    chance.shuffle(ordered)
    asked = list(seen)
    filling = _Filling(lines)
    for item in sorted(ordered, key=lambda item: asked.count(item.id)):
        filling.add(item)
    drawn: list[dict[str, Any]] = []
    for section in dict.fromkeys(line.section for line in lines):
        chosen = [item for line, given in zip(lines, filling.given, strict=True) if line.section == section for item in given]
        chance.shuffle(chosen)
        named = {} if section is None else {"section": section}
        drawn += [{"item": item.id, "options": _order(item, chance), **_rights(item, chance)} | named for item in chosen]
    return drawn


def lacking(pool: Sequence[Drawable], wanted: Sequence[Wanted]) -> list[tuple[Wanted, int]]:
    """The lines the pool cannot fill, each with how many it can have there."""
    filling = _Filling(wanted)
    for item in sorted(pool, key=lambda item: item.id):
        filling.add(item)
    return [(line, len(given)) for line, given in zip(wanted, filling.given, strict=True) if len(given) < line.count]


def _order(item: Drawable, chance: Random) -> list[int]:
    options = list(item.options)
    if item.kind is not ItemKind.TRUE_FALSE:
        chance.shuffle(options)
    while item.kind is ItemKind.ORDERING and len(options) > 1 and options == list(item.options):
        chance.shuffle(options)  # what is to be put in order is never shown in it
    return options


def _rights(item: Drawable, chance: Random) -> dict[str, list[int]]:
    rights = list(item.rights)
    chance.shuffle(rights)
    return {"rights": rights} if rights else {}


def drawn_order(drawn: Sequence[Mapping[str, Any]]) -> dict[int, list[int]]:
    """Item to its options, in the order drawn."""
    return {entry["item"]: list(entry["options"]) for entry in drawn}


def drawn_sections(drawn: Sequence[Mapping[str, Any]]) -> dict[int, int | None]:
    """Item to the section (inner id) it was drawn for, in the order drawn; None without sections."""
    return {entry["item"]: entry.get("section") for entry in drawn}


def drawn_rights(drawn: Sequence[Mapping[str, Any]]) -> dict[int, list[int]]:
    """Item to the options whose right sides are offered, in the order drawn; only of items to be matched."""
    return {entry["item"]: list(entry.get("rights", ())) for entry in drawn}
