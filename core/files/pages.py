"""Pages of a PDF as pictures: drawn once by a worker, kept beside the file, shown without opening the file itself."""

import hashlib
import struct
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from core.db import session
from core.errors import NotFound
from core.files.models import PDF, FilePage, StoredFile
from core.files.pictures import page_picture
from core.files.storage import storage
from core.jobs.queue import enqueue, task

TASK = "core.draw_pages"
WIDTH = 1100
MOST = 8
AT_ONCE = 20  # pages one job draws; another goes on with the rest


def ask_for_pages(file: StoredFile, *, most: int = MOST) -> None:
    """Have a worker draw the first pages of a PDF; for another kind of file nothing happens. Safe to ask twice."""
    if file.content_type == PDF:
        enqueue(TASK, arguments={"file_id": str(file.public_id), "most": most})


@task(TASK)
def draw_pages(*, file_id: str, most: int = MOST) -> None:
    """Draw the pages that are not drawn yet. A page that cannot be drawn ends it: the file and its text stay."""
    wanted = select(StoredFile.id, StoredFile.sha256, StoredFile.page_count, StoredFile.content_type).where(StoredFile.public_id == UUID(file_id))
    found = session.execute(wanted).one_or_none()
    if found is None or found.content_type != PDF:
        return
    drawn = set(session.scalars(select(FilePage.number).where(FilePage.file_id == found.id)))
    session.rollback()  # drawing takes seconds: hold no lock and no snapshot meanwhile
    try:
        content = storage().get(found.sha256)
    except NotFound:
        return
    pictures = []
    wanted_pages = [each for each in range(1, min(found.page_count or 1, most) + 1) if each not in drawn]
    for number in wanted_pages[:AT_ONCE]:
        picture = page_picture(content, number, WIDTH)
        if picture is None:
            break
        pictures.append((number, picture))
    for number, picture in pictures:
        _keep(found.id, number, picture)
    if len(pictures) == AT_ONCE < len(wanted_pages):
        enqueue(TASK, arguments={"file_id": file_id, "most": most})


def _keep(file_key: int, number: int, picture: bytes) -> None:
    sha256 = hashlib.sha256(picture).hexdigest()
    storage().put(sha256, picture)
    width, height = struct.unpack(">II", picture[16:24])  # of a PNG's first chunk
    session.scalars(select(StoredFile.id).where(StoredFile.id == file_key).with_for_update()).one_or_none()
    if session.scalars(select(FilePage.id).where(FilePage.file_id == file_key, FilePage.number == number)).one_or_none() is None:
        session.add(FilePage(file_id=file_key, number=number, sha256=sha256, width=width, height=height))
        session.flush()


def pages_of(file: StoredFile) -> Sequence[FilePage]:
    """The pages that have been drawn, in order."""
    return session.scalars(select(FilePage).where(FilePage.file_id == file.id).order_by(FilePage.number)).all()


def read_page(file: StoredFile, number: int) -> bytes:
    """The picture of one page, a PNG. The caller has asked the policy of what the file belongs to. Raises NotFound."""
    found = session.scalars(select(FilePage.sha256).where(FilePage.file_id == file.id, FilePage.number == number)).one_or_none()
    if found is None:
        raise NotFound
    return storage().get(found)
