"""Taking files in: checked, kept by their hash, recorded, and their text asked for."""

import hashlib
from typing import Any
from uuid import UUID

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from core.audit.record import record
from core.db import session
from core.errors import Invalid, NotFound
from core.files.checks import check_content
from core.files.models import DOCX, PDF, StoredFile, TextState
from core.files.names import safe_name
from core.files.rules import FileRule
from core.files.storage import storage
from core.files.tasks import TASK
from core.jobs.queue import enqueue
from core.people.models import Person
from core.web.i18n import _


def store_upload(upload: FileStorage | None, *, accept: FileRule, by: Person | None, person: Person | None, field: str | None = None) -> StoredFile:
    """Keep a file somebody sent. `person` is whom it is about, `field` the form field a refusal belongs to.

    Raises Invalid, with a sentence saying what to do, when it is missing, empty, too large, broken or of a kind `accept` does not name.
    """
    if upload is None or not upload.filename:
        raise Invalid(_("Choose a file first."), field=field)
    content = upload.stream.read(accept.limit + 1)
    try:
        checked = check_content(content, accept=accept)
    except Invalid as error:
        raise Invalid(error.sentence, field=field) from None
    file = _keep(content, name=upload.filename, content_type=checked.content_type, page_count=checked.page_count, by=by, person=person)
    if file.content_type in (PDF, DOCX):
        file.text_state = TextState.WAITING
        enqueue(TASK, arguments={"file_id": str(file.public_id)})
    return file


def store_bytes(content: bytes, *, name: str, content_type: str, by: Person | None, person: Person | None) -> StoredFile:
    """Keep bytes the product itself has made, exactly as they are."""
    return _keep(content, name=name, content_type=content_type, page_count=None, by=by, person=person)


def _keep(content: bytes, *, name: str, content_type: str, page_count: int | None, by: Person | None, person: Person | None) -> StoredFile:
    sha256 = hashlib.sha256(content).hexdigest()
    storage().put(sha256, content)  # before the row: a row never points at nothing
    file = StoredFile(
        name=safe_name(name, content_type=content_type),
        content_type=content_type,
        size=len(content),
        sha256=sha256,
        page_count=page_count,
        person_id=None if person is None else person.id,
        uploaded_by_id=None if by is None else by.id,
        text_state=TextState.NONE,
    )
    session.add(file)
    session.flush()
    changes: dict[str, Any] = {"content_type": content_type, "size": file.size, "sha256": sha256}
    record("core.file.stored", file, by=by, person=person, changes=changes, personal={"name": file.name} if person else {})
    return file


def get_file(file_id: UUID) -> StoredFile:
    """The file with this public id; the caller asks the policy of what it belongs to. Raises NotFound."""
    found = session.scalars(select(StoredFile).where(StoredFile.public_id == file_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def read_content(file: StoredFile) -> bytes:
    """The file's bytes. Raises NotFound when the storage has lost them."""
    return storage().get(file.sha256)
