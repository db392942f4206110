"""Which questions an attempt asks, and in which order."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from training.items.models import ItemKind


@dataclass(frozen=True)
class Drawable:
    """An item that can be drawn: inner ids of it and of its options in their written order; `rights` are those whose right side is offered."""

    id: int
    kind: ItemKind
    options: tuple[int, ...]
    rights: tuple[int, ...] = ()


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
    return [{"item": item.id, "options": _order(item, chance), **_rights(item, chance)} for item in chosen]


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


def drawn_rights(drawn: Sequence[Mapping[str, Any]]) -> dict[int, list[int]]:
    """Item to the options whose right sides are offered, in the order drawn; only of items to be matched."""
    return {entry["item"]: list(entry.get("rights", ())) for entry in drawn}
