"""Writing the questions of a version."""

from collections.abc import Sequence

from core.audit.record import record
from core.db import session
from core.people.models import Person
from training.catalogue.actions import open_for_writing
from training.catalogue.models import CourseVersion
from training.items.by_hand import keep_by_hand
from training.items.content import ItemDraft, check
from training.items.models import Item, ItemOption


def write_item(version: CourseVersion, item: Item | None, draft: ItemDraft, *, by: Person | None) -> Item:
    """Add a question to a draft (`item` None) or change one. Raises Invalid when it could not be answered or graded."""
    version = open_for_writing(version, by)
    if item is None:
        (item,) = _add(version, [draft])
    else:
        check(draft)
        put_in(item, draft)
        session.flush()
    record("training.item.written", item, by=by, changes={"version": version.number, "course": version.course_id})
    return item


def write_items(version: CourseVersion, drafts: Sequence[ItemDraft], *, by: Person | None) -> list[Item]:
    """Add several questions to a draft, in their order. Raises Invalid when one could not be answered or graded; none is added then."""
    version = open_for_writing(version, by)
    items = _add(version, drafts)
    for item in items:
        record("training.item.written", item, by=by, changes={"version": version.number, "course": version.course_id})
    return items


def _add(version: CourseVersion, drafts: Sequence[ItemDraft]) -> list[Item]:
    for draft in drafts:
        check(draft)
    first = 1 + max((item.position for item in version.items), default=0)
    items = [Item(version_id=version.id, position=position, options=[]) for position in range(first, first + len(drafts))]
    version.items.extend(items)
    for item, draft in zip(items, drafts, strict=True):
        put_in(item, draft)
    session.flush()
    return items


def put_in(item: Item, draft: ItemDraft) -> None:
    """Let a question say what the draft says."""
    for name, value in vars(draft).items():
        if name not in ("options", "by_hand"):
            setattr(item, name, value)
    keep_by_hand(item, draft.by_hand)
    item.options = [ItemOption(position=position, **vars(option)) for position, option in enumerate(draft.options, start=1)]


def drop_item(version: CourseVersion, item: Item, *, by: Person) -> None:
    """Take a question out of a draft."""
    version = open_for_writing(version, by)
    record("training.item.dropped", item, by=by, changes={"version": version.number, "course": version.course_id})
    version.items.remove(item)
