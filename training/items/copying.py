"""Carrying questions over to the next version."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from core.db import session
from training.items.models import Item, ItemOption

if TYPE_CHECKING:
    from training.catalogue.models import CourseVersion

OWN = frozenset({"id", "public_id", "version_id", "item_id"})  # what a copy does not share with what it was copied from


def copy_items(items: Iterable[Item], version: "CourseVersion") -> None:
    """Add copies of the questions to a version, of the same lineage. Needs `options` to be loaded."""
    for item in items:
        options = [ItemOption(**_columns(option)) for option in item.options]
        session.add(Item(version_id=version.id, options=options, **_columns(item)))


def _columns(row: Item | ItemOption) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__mapper__.column_attrs if column.key not in OWN}
