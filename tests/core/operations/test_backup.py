"""A backup holds everything, and an empty installation becomes the old one again."""

import io
import shutil
import tarfile
from collections.abc import Callable
from itertools import count
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import create_engine, select

from core.audit.verify import verify_trail
from core.db import db, session, transaction
from core.files.models import StoredFile
from core.files.store import read_content
from core.people.actions import add_person
from core.people.models import Person
from tests.conftest import make_application
from tests.databases import Database, build_schema, new_postgresql_database
from tests.situations import a_resume

_numbers = count(1)
Install = Callable[[], Flask]


@pytest.fixture
def install(database: Database, tmp_path: Path) -> Install:
    """Make an installation of its own: instance folder and database."""

    def act() -> Flask:
        number = next(_numbers)
        instance = tmp_path / f"instance-{number}"
        instance.mkdir()
        if database.kind == "postgresql":
            host = parse_qs(urlsplit(database.url).query)["host"][0]
            return make_application(new_postgresql_database(host, f"backup_{number}").url, instance)
        url = f"sqlite:///{instance / 'trilha.db'}"
        engine = create_engine(url)
        build_schema(engine)
        engine.dispose()
        return make_application(url, instance)

    return act


def flask(app: Flask, *arguments: str) -> tuple[int, str]:
    """Run a command of the application: its exit code and what it says."""
    result = app.test_cli_runner().invoke(args=list(arguments))
    return result.exit_code, result.output


def fill(app: Flask) -> bytes:
    """Two people and a résumé; returns its bytes."""
    with app.app_context():
        with transaction():
            add_person(name="Ana Souza", email="ana@example.test", by=None)
            add_person(name="Beto Lima", email="beto@example.test", by=None)
            file = a_resume()
            session.flush()
            content = read_content(file)
        db.engine.dispose()
    return content


def test_an_empty_installation_becomes_the_old_one(install: Install, tmp_path: Path) -> None:
    old, new, archive = install(), install(), tmp_path / "backup.tar.gz"
    content = fill(old)
    (Path(old.instance_path) / "badges-2025.pem").write_text("a retired key")
    assert flask(old, "backup", "create", str(archive))[0] == 0
    assert archive.stat().st_mode & 0o077 == 0
    code, said = flask(new, "backup", "restore", str(archive))
    assert code == 0, said
    with new.app_context():
        assert list(session.scalars(select(Person.name).order_by(Person.id))) == ["Ana Souza", "Beto Lima"]
        assert read_content(session.scalars(select(StoredFile)).one()) == content
        verdict = verify_trail()
        assert verdict.stands and verdict.events > 0
        session.remove()
        db.engine.dispose()
    kept = (Path(old.instance_path) / "secret.key").read_text()
    assert (Path(new.instance_path) / "secret.key").read_text() == kept
    assert (Path(new.instance_path) / "badges-2025.pem").read_text() == "a retired key"


def test_an_installation_with_people_is_never_written_over(install: Install, tmp_path: Path) -> None:
    old, archive = install(), tmp_path / "backup.tar.gz"
    fill(old)
    flask(old, "backup", "create", str(archive))
    code, said = flask(old, "backup", "restore", str(archive))
    assert code == 1
    assert "empty" in said


def test_a_backup_is_never_written_over(install: Install, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar.gz"
    archive.write_text("mine")
    code, said = flask(install(), "backup", "create", str(archive))
    assert code == 1
    assert "exists" in said
    assert archive.read_text() == "mine"


def test_half_a_backup_changes_nothing(install: Install, tmp_path: Path) -> None:
    old, new, archive = install(), install(), tmp_path / "backup.tar.gz"
    fill(old)
    flask(old, "backup", "create", str(archive))
    archive.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    code, said = flask(new, "backup", "restore", str(archive))
    assert code == 1
    assert "not a whole backup" in said
    with new.app_context():
        assert not list(session.scalars(select(Person)))
        session.remove()
        db.engine.dispose()


def test_a_file_that_was_changed_in_the_archive_is_refused(install: Install, tmp_path: Path) -> None:
    old, new, archive, forged = install(), install(), tmp_path / "backup.tar.gz", tmp_path / "forged.tar.gz"
    fill(old)
    flask(old, "backup", "create", str(archive))
    folder = tmp_path / "opened"
    shutil.unpack_archive(archive, folder)
    next(path for path in (folder / "files").rglob("*") if path.is_file()).write_bytes(b"something else")
    with tarfile.open(forged, "w:gz") as made:
        for path in sorted(folder.iterdir()):
            made.add(path, path.name)
    code, said = flask(new, "backup", "restore", str(forged))
    assert code == 1
    assert "was changed" in said


@pytest.mark.parametrize("kind", [tarfile.REGTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
def test_an_archive_that_reaches_out_of_its_folder_is_refused(install: Install, tmp_path: Path, kind: bytes) -> None:
    new, forged = install(), tmp_path / "forged.tar.gz"
    with tarfile.open(forged, "w:gz") as made:
        member = tarfile.TarInfo("../../reached" if kind == tarfile.REGTYPE else "reached")
        member.type, member.linkname = kind, "/etc/hostname"
        made.addfile(member, io.BytesIO())
    code, said = flask(new, "backup", "restore", str(forged))
    assert code == 1
    assert "no backup holds" in said
    assert not list(tmp_path.rglob("reached"))
