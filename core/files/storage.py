"""Where the bytes lie: a folder of this machine, or a bucket that speaks S3, each addressed by SHA-256."""

import contextlib
import os
import shutil
import tempfile
from io import BytesIO
from pathlib import Path
from typing import IO, Protocol
from urllib.parse import urlsplit

from flask import current_app

from core.errors import NotFound

PART = 1024 * 1024  # bytes moved at a time


class Storage(Protocol):
    """A place for bytes. Putting the same bytes twice is the same as once."""

    def put(self, sha256: str, content: bytes) -> None:
        """Keep the bytes; when this returns they survive a crash."""

    def put_stream(self, sha256: str, content: IO[bytes]) -> None:
        """Keep the bytes of a stream from its beginning, a part at a time."""

    def get(self, sha256: str) -> bytes:
        """The bytes. Raises NotFound when they are not there."""

    def read(self, sha256: str, start: int, length: int) -> bytes:
        """A part of the bytes. Raises NotFound when they are not there."""

    def exists(self, sha256: str) -> bool:
        """Whether the bytes are there."""

    def delete(self, sha256: str) -> None:
        """Let go of the bytes; where there are none, nothing happens."""

    def check(self) -> None:
        """Raise an exception when nothing can be kept here."""


class FolderStorage:
    """Files in a folder, `ab/cdef…`, each written beside its place, synced, then moved into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, sha256: str) -> Path:
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise ValueError("not a SHA-256")
        return self.folder / sha256[:2] / sha256[2:]

    def put(self, sha256: str, content: bytes) -> None:
        self.put_stream(sha256, BytesIO(content))

    def put_stream(self, sha256: str, content: IO[bytes]) -> None:
        path = self._path(sha256)
        size = content.seek(0, os.SEEK_END)
        if path.is_file() and path.stat().st_size == size:
            return
        content.seek(0)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                shutil.copyfileobj(content, file, PART)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(temporary)
            raise
        _sync_folder(path.parent)
        _sync_folder(self.folder)

    def get(self, sha256: str) -> bytes:
        try:
            return self._path(sha256).read_bytes()
        except FileNotFoundError:
            raise NotFound from None

    def read(self, sha256: str, start: int, length: int) -> bytes:
        try:
            with self._path(sha256).open("rb") as file:
                file.seek(start)
                return file.read(length)
        except FileNotFoundError:
            raise NotFound from None

    def exists(self, sha256: str) -> bool:
        return self._path(sha256).is_file()

    def delete(self, sha256: str) -> None:
        self._path(sha256).unlink(missing_ok=True)

    def check(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=self.folder, prefix=".check-"):
            return


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_storage(address: str) -> Storage:
    """The storage that TRILHA_STORAGE_URL names."""
    if address.startswith("s3://"):
        from core.files.bucket import BucketStorage  # its client takes long to load; only who uses it waits

        parts = urlsplit(address)
        return BucketStorage(parts.netloc, parts.path)
    return FolderStorage(Path(address.removeprefix("file://")))


def storage() -> Storage:
    """The storage of the running application."""
    found: Storage | None = current_app.extensions.get("storage")
    if found is None:
        found = open_storage(current_app.extensions["settings"].storage_url)
        current_app.extensions["storage"] = found
    return found
