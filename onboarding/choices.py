"""What forms of onboarding share: choices from labels, rows or pairs, and a mark for fields that are needed now and then."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from wtforms.fields.choices import SelectChoice


class Marked:
    """A validator that shows a field as needed; whether it really is depends on another field, and the action says so."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, form: object, field: object) -> None:
        """Check nothing."""


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
