"""Writing the questions of a version."""

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
    check(draft)
    if item is None:
        item = Item(version_id=version.id, position=1 + max((i.position for i in version.items), default=0), options=[])
        session.add(item)
    put_in(item, draft)
    session.flush()
    record("training.item.written", item, by=by, changes={"version": version.number, "course": version.course_id})
    return item


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
