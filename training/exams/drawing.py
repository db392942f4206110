"""Which questions an attempt asks, and in which order."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from training.items.models import ItemKind


@dataclass(frozen=True)
class Drawable:
    """An item that can be drawn: inner ids of it and of its options in their written order."""

    id: int
    kind: ItemKind
    options: tuple[int, ...]


def draw(pool: Sequence[Drawable], count: int, *, seed: int, seen: Collection[int] = ()) -> list[dict[str, Any]]:
    """`count` items of the pool in random order, their options too (not of true or false), the same for the same seed.

    Items not `seen` in earlier attempts come first, until there are none left.
    """
    chance = Random(seed)  # noqa: S311  (the seed is drawn from the secret source, see actions)
    ordered = sorted(pool, key=lambda item: item.id)
    fresh = [item for item in ordered if item.id not in seen]
    known = [item for item in ordered if item.id in seen]
    chance.shuffle(fresh)
    chance.shuffle(known)
    chosen = (fresh + known)[:count]
    chance.shuffle(chosen)
    return [{"item": item.id, "options": _order(item, chance)} for item in chosen]


def _order(item: Drawable, chance: Random) -> list[int]:
    options = list(item.options)
    if item.kind is not ItemKind.TRUE_FALSE:
        chance.shuffle(options)
    return options


def drawn_order(drawn: Sequence[Mapping[str, Any]]) -> dict[int, list[int]]:
    """Item to its options, in the order drawn."""
    return {entry["item"]: list(entry["options"]) for entry in drawn}
