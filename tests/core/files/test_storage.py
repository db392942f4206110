"""Bytes are kept whole or not at all, under their hash."""

import hashlib
import os
import stat
from pathlib import Path

import pytest

from core.errors import NotFound
from core.files.bucket import BucketStorage
from core.files.storage import FolderStorage, open_storage


def test_bytes_come_back_as_they_were(tmp_path: Path) -> None:
    store = FolderStorage(tmp_path / "files")
    content = os.urandom(5000)
    sha256 = hashlib.sha256(content).hexdigest()
    assert not store.exists(sha256)
    store.put(sha256, content)
    store.put(sha256, content)
    assert store.exists(sha256)
    assert store.get(sha256) == content
    assert (tmp_path / "files" / sha256[:2] / sha256[2:]).is_file()
    assert stat.S_IMODE((tmp_path / "files" / sha256[:2] / sha256[2:]).stat().st_mode) == 0o600
    assert not list((tmp_path / "files").rglob(".new-*"))


def test_a_half_written_file_is_replaced(tmp_path: Path) -> None:
    store = FolderStorage(tmp_path)
    content = b"whole content"
    sha256 = hashlib.sha256(content).hexdigest()
    (tmp_path / sha256[:2]).mkdir()
    (tmp_path / sha256[:2] / sha256[2:]).write_bytes(b"who")
    store.put(sha256, content)
    assert store.get(sha256) == content


def test_what_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        FolderStorage(tmp_path).get("0" * 64)


@pytest.mark.parametrize("key", ["../../etc/passwd", "0" * 63, "Z" * 64, "0" * 60 + "/../"])
def test_only_hashes_are_addresses(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        FolderStorage(tmp_path).get(key)


def test_the_address_decides_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"AWS_DEFAULT_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}.items():
        monkeypatch.setenv(name, value)
    assert isinstance(open_storage(f"file://{tmp_path}/a b"), FolderStorage)
    bucket = open_storage("s3://our-bucket/trilha/files")
    assert isinstance(bucket, BucketStorage)
    assert (bucket.bucket, bucket._key("ab" + "c" * 62)) == ("our-bucket", f"trilha/files/ab/{'c' * 62}")
