"""Choices of select fields, from labels by enum member, from rows, or from plain pairs."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms.fields.choices import SelectChoice


def labelled(labels: Mapping[Any, Any], *, empty: Any = None) -> list[SelectChoice]:
    """One choice for each member, by its label; `empty` is the label of choosing none."""
    return chosen_from(((str(value), label) for value, label in labels.items()), empty=empty)


def named(rows: Iterable[Any], name: str = "name", *, empty: Any = None) -> list[SelectChoice]:
    """One choice for each row: public id and name."""
    return chosen_from(((str(row.public_id), getattr(row, name)) for row in rows), empty=empty)


def chosen_from(pairs: Iterable[tuple[str, Any]], *, empty: Any = None) -> list[SelectChoice]:
    """One choice for each pair of value and label."""
    first = [] if empty is None else [SelectChoice("", empty)]
    return first + [SelectChoice(value, label) for value, label in pairs]
