"""Reading questions of a version."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from core.db import session
from core.errors import NotFound
from core.files.models import StoredFile
from training.catalogue.models import CourseVersion
from training.items.models import Item


def find_item(version: CourseVersion, item_id: UUID) -> Item:
    """An item of this version. Needs `items` to be loaded. Raises NotFound."""
    for item in version.items:
        if item.public_id == item_id:
            return item
    raise NotFound


def files_of(items: Iterable[Item]) -> dict[int, StoredFile]:
    """The pictures and sounds of the items, by inner key."""
    keys = {key for item in items for key in (item.picture_id, item.sound_id) if key is not None}
    if not keys:
        return {}
    return {file.id: file for file in session.scalars(select(StoredFile).where(StoredFile.id.in_(keys)).order_by(StoredFile.id))}
