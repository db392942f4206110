"""Reading questions of a version."""

from uuid import UUID

from core.errors import NotFound
from training.catalogue.models import CourseVersion
from training.items.models import Item


def find_item(version: CourseVersion, item_id: UUID) -> Item:
    """An item of this version. Needs `items` to be loaded. Raises NotFound."""
    for item in version.items:
        if item.public_id == item_id:
            return item
    raise NotFound
