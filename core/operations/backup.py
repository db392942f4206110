"""One archive with everything an installation holds, and the way back."""

import hashlib
import io
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import zlib
from contextlib import closing
from pathlib import Path

from flask import current_app
from sqlalchemy import inspect, make_url, select, text, union

from core.db import db, session
from core.errors import NotFound
from core.files.models import FilePage, StoredFile
from core.files.storage import storage
from core.settings import Settings

KEPT = ("secret.key", "seal.p12", "badges.pem", "badges-*.pem", "mail")  # of the instance folder, besides the database and the files


class BackupError(Exception):
    """The archive cannot be made or put back; the sentence says why and what to do."""


def create_backup(path: Path) -> None:
    """Write the database, the files and the keys to one gzipped tar. Raises BackupError; nothing lies at `path` then."""
    if path.exists():
        raise BackupError(f"{path} exists already. Choose another name: a backup is never overwritten.")
    settings: Settings = current_app.extensions["settings"]
    part = path.with_name(path.name + ".part")
    try:
        with tempfile.TemporaryDirectory(dir=settings.instance) as folder:
            dump = Path(folder) / _dump_name(settings)
            _dump(settings, dump)
            part.touch(mode=0o600)
            with tarfile.open(part, "w:gz") as archive:
                archive.add(dump, dump.name)
                for kept in _kept_in(settings.instance):
                    archive.add(kept, kept.name)
                _add_files(archive)
        part.rename(path)
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)


def restore_backup(path: Path) -> None:
    """Put an archive back where there is no data yet. Raises BackupError; nothing has changed then, unless the database refused."""
    settings: Settings = current_app.extensions["settings"]
    _insist_on_empty()
    with tempfile.TemporaryDirectory(dir=settings.instance) as name:
        folder = Path(name)
        try:
            with tarfile.open(path, "r:gz") as archive:
                _unpack(archive, folder)
        except (tarfile.TarError, OSError, EOFError, zlib.error) as error:
            raise BackupError(f"{path} is not a whole backup: {error}.") from error
        dump = folder / _dump_name(settings)
        if not dump.exists():
            raise BackupError("The backup is of another kind of database. Set TRILHA_DATABASE_URL to the kind it was made from.")
        _restore_files(folder / "files")
        _undump(settings, dump)
        for kept in _kept_in(folder):
            if kept.is_dir():
                shutil.copytree(kept, settings.instance / kept.name, dirs_exist_ok=True)
            else:
                shutil.copy2(kept, settings.instance / kept.name)


def _kept_in(folder: Path) -> list[Path]:
    return [path for name in KEPT for path in sorted(folder.glob(name))]


def _add_files(archive: tarfile.TarFile) -> None:
    """Every file the database knows; a file is kept before its row, so all rows of the dump are covered."""
    missing = 0
    for sha256 in session.scalars(union(select(StoredFile.sha256).where(StoredFile.erased_at.is_(None)), select(FilePage.sha256)).order_by("sha256")):
        try:
            content = storage().get(sha256)
        except NotFound:
            missing += 1
            continue
        member = tarfile.TarInfo(f"files/{sha256}")
        member.size, member.mode = len(content), 0o600
        archive.addfile(member, io.BytesIO(content))
    session.rollback()
    if missing:
        raise BackupError(f"{missing} files are missing from the storage. Mend TRILHA_STORAGE_URL or the storage, then try again.")


def _unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """Write the archive's folders and plain files below the folder. By hand: the first Python 3.11 versions cannot refuse the rest."""
    inside = folder.resolve()
    for member in archive:
        path = (inside / member.name).resolve()
        if not path.is_relative_to(inside) or not (member.isdir() or member.isreg()):
            raise BackupError(f"The archive holds {member.name}, which no backup holds. Use another backup.")
        (path if member.isdir() else path.parent).mkdir(parents=True, exist_ok=True)
        content = archive.extractfile(member)
        if content is not None:
            with content, path.open("wb") as written:
                path.chmod(0o600)
                shutil.copyfileobj(content, written)


def _restore_files(folder: Path) -> None:
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    for path in found:
        if hashlib.sha256(path.read_bytes()).hexdigest() != path.name:
            raise BackupError(f"The file {path.name} was changed in the archive. Use another backup.")
    for path in found:
        storage().put(path.name, path.read_bytes())


def _is_sqlite(settings: Settings) -> bool:
    return settings.database_url.startswith("sqlite")


def _dump_name(settings: Settings) -> str:
    return "database.sqlite" if _is_sqlite(settings) else "database.pgdump"


def _insist_on_empty() -> None:
    if inspect(db.engine).has_table("core_person"):
        with db.engine.connect() as connection:
            if connection.execute(text("SELECT count(*) FROM core_person")).scalar():
                raise BackupError("This installation holds data. Restore into an empty one: choose another TRILHA_INSTANCE and database.")
    db.engine.dispose()


def _copy(source_path: Path, target_path: Path) -> None:
    """Copy a SQLite database while others may be using either; what they read is the whole of the one or of the other."""
    with closing(sqlite3.connect(source_path)) as source, closing(sqlite3.connect(target_path)) as target:
        source.backup(target)


def _dump(settings: Settings, target: Path) -> None:
    if _is_sqlite(settings):
        _copy(Path(make_url(settings.database_url).database or ""), target)
        return
    _run_postgresql(settings, ["pg_dump", "--format=custom", "--no-owner", f"--file={target}"])


def _undump(settings: Settings, dump: Path) -> None:
    if _is_sqlite(settings):
        with closing(sqlite3.connect(dump)) as copy:
            if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise BackupError("The database in the archive is damaged. Use another backup.")
        _copy(dump, Path(make_url(settings.database_url).database or ""))
        return
    _run_postgresql(settings, ["pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", str(dump)])


def _run_postgresql(settings: Settings, command: list[str]) -> None:
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{command[0]}"), key=lambda each: int(each.parts[-3].split(".")[0]), reverse=True)
    found = str(installed[0]) if installed else shutil.which(command[0])
    if found is None:
        raise BackupError(f"{command[0]} is missing. Install the Debian package postgresql-client.")
    url = make_url(settings.database_url)
    password = {"PGPASSWORD": str(url.password)} if url.password else {}  # not among the arguments, which everybody on the machine can read
    address = url._replace(drivername="postgresql", password=None).render_as_string(hide_password=False)
    done = subprocess.run([found, f"--dbname={address}", *command[1:]], capture_output=True, text=True, check=False, env=os.environ | password)
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise BackupError(f"{command[0]} failed: {said[0] if said else done.returncode}.")
