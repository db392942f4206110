"""Taking questions of a file over into a draft: all that can be asked here, or nothing."""

from dataclasses import replace

from core.audit.record import record
from core.db import session
from core.errors import Invalid
from core.files.checks import check_content
from core.files.models import StoredFile
from core.files.rules import IMAGE, SOUND, FileRule
from core.files.store import store_bytes
from core.people.models import Person
from core.web.i18n import _, ngettext
from training.catalogue.actions import open_for_writing
from training.catalogue.models import CourseVersion
from training.interchange.files import look_through
from training.interchange.questions import Attached
from training.items.actions import put_in
from training.items.models import Item


def import_items(version: CourseVersion, content: bytes, *, leaves_out: bool, file: StoredFile, by: Person) -> int:
    """Add the questions of a file to a draft, after those there are. Returns how many.

    Raises Invalid while anything in the file is broken, or while questions would be left out and nobody has said that they may be.
    """
    version = open_for_writing(version, by)
    found = look_through(content, version)
    if found.broken:
        count = len(found.broken)
        raise Invalid(ngettext("%(num)d question is broken. Nothing was taken over.", "%(num)d questions are broken. Nothing was taken over.", count))
    if found.left_out and not leaves_out:
        raise Invalid(_("Say that the questions named below may be left out, or take them out of the file."), field="leaves_out")
    if not found.drafts:
        raise Invalid(_("There is no question in the file that can be taken over."))
    last = max((item.position for item in version.items), default=0)
    for position, (question, draft) in enumerate(found.drafts, start=last + 1):
        item = Item(version_id=version.id, position=position)
        put_in(item, replace(draft, picture_id=_kept(question.picture, IMAGE, by), sound_id=_kept(question.sound, SOUND, by)))
        session.add(item)
    session.flush()
    changes = {
        "version": version.number,
        "course": version.course_id,
        "count": len(found.drafts),
        "left_out": len(found.left_out),
        "sha256": file.sha256,
    }
    record("training.item.imported", version, by=by, changes=changes)
    return len(found.drafts)


def _kept(file: Attached | None, rule: FileRule, by: Person) -> int | None:
    """The inner key of the file, stored as one that was uploaded is."""
    if file is None:
        return None
    content_type = check_content(file.content, accept=rule).content_type
    return store_bytes(file.content, name=file.name, content_type=content_type, by=by, person=None).id
