"""Videos: taken in a part at a time, and only where the bytes are those of an MP4 or WebM."""

import hashlib
import os
import struct
from typing import IO

from werkzeug.datastructures import FileStorage

from core.audit.record import record
from core.db import session
from core.errors import Invalid
from core.files.models import MP4, WEBM, StoredFile
from core.files.names import safe_name
from core.files.storage import PART, storage
from core.people.models import Person
from core.web.i18n import _

ENDINGS = ".mp4,.m4v,.webm"
LIMIT = 250 * 1024 * 1024
BOXES = 20_000
EBML = b"\x1a\x45\xdf\xa3"


def store_video(upload: FileStorage | None, *, by: Person, field: str) -> StoredFile:
    """Keep a video somebody sent. Raises Invalid at the field when it is missing, empty, too large, broken or something else."""
    if upload is None or not upload.filename:
        raise Invalid(_("Choose a file first."), field=field)
    content_type = kind_of(upload.stream, field=field)
    upload.stream.seek(0)
    digest = hashlib.sha256()
    while part := upload.stream.read(PART):
        digest.update(part)
    size = upload.stream.tell()
    sha256 = digest.hexdigest()
    storage().put_stream(sha256, upload.stream)  # before the row: a row never points at nothing
    name = safe_name(upload.filename, content_type=content_type)
    file = StoredFile(name=name, content_type=content_type, size=size, sha256=sha256, uploaded_by_id=by.id, person_id=None)
    session.add(file)
    session.flush()
    record("core.file.stored", file, by=by, changes={"content_type": content_type, "size": size, "sha256": sha256})
    return file


def kind_of(content: IO[bytes], *, field: str | None = None) -> str:
    """The content type of a video. Raises Invalid for what is none, broken, empty or too large."""
    size = content.seek(0, os.SEEK_END)
    if size == 0:
        raise Invalid(_("This file is empty. Choose the file again, or save it anew first."), field=field)
    if size > LIMIT:
        limit = LIMIT // (1024 * 1024)
        raise Invalid(_("This video is too large: up to %(limit)s MB are accepted. Save it smaller, or in parts.", limit=limit), field=field)
    content.seek(0)
    head = content.read(64)
    if head.startswith(EBML) and b"webm" in head:
        return WEBM
    if head[4:8] != b"ftyp":
        raise Invalid(_("What is in this file is not a video accepted here: MP4 or WebM. Save it as one of these and send that."), field=field)
    if not _is_whole(content, size):
        raise Invalid(_("This video is broken or was cut off. Save it anew as MP4 and send that."), field=field)
    return MP4


def _is_whole(content: IO[bytes], size: int) -> bool:
    """Whether an MP4 is made of boxes to its very end, with a description and pictures among them."""
    found: set[bytes] = set()
    place = 0
    for _box in range(BOXES):
        if place == size:
            return b"moov" in found and bool(found & {b"mdat", b"moof"})
        content.seek(place)
        head = content.read(16)
        if len(head) < 8:
            return False
        length, kind = struct.unpack(">I4s", head[:8])
        if length == 1 and len(head) == 16:
            length = struct.unpack(">Q", head[8:])[0]
        elif length == 0:
            length = size - place
        if length < 8 or place + length > size or not kind.isascii():
            return False
        found.add(kind)
        place += length
    return False
