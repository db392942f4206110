"""One archive with everything an installation holds, and the way back."""

import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from pathlib import Path

from flask import current_app
from sqlalchemy import inspect, make_url, text

from core.db import db
from core.settings import Settings

KEPT = ("files", "secret.key", "seal.p12", "mail")


class BackupError(Exception):
    """The archive cannot be made or put back; the sentence says why and what to do."""


def create_backup(path: Path) -> None:
    """Write the database, the files and the keys to one gzipped tar. Raises BackupError."""
    if path.exists():
        raise BackupError(f"{path} exists already. Choose another name: a backup is never overwritten.")
    settings: Settings = current_app.extensions["settings"]
    with tempfile.TemporaryDirectory(dir=settings.instance) as folder:
        dump = Path(folder) / ("database.sqlite" if _is_sqlite(settings) else "database.pgdump")
        _dump(settings, dump)
        part = path.with_name(path.name + ".part")
        with tarfile.open(part, "w:gz") as archive:
            archive.add(dump, dump.name)
            for name in KEPT:
                if (settings.instance / name).exists():
                    archive.add(settings.instance / name, name)
        part.chmod(0o600)
        part.rename(path)


def restore_backup(path: Path) -> None:
    """Put an archive back where there is no data yet. Raises BackupError."""
    settings: Settings = current_app.extensions["settings"]
    _insist_on_empty()
    with tempfile.TemporaryDirectory(dir=settings.instance) as name:
        folder = Path(name)
        try:
            with tarfile.open(path, "r:gz") as archive:
                archive.extractall(folder, filter="data")
        except (tarfile.TarError, OSError) as error:
            raise BackupError(f"{path} is not a whole backup: {error}.") from error
        dump = folder / ("database.sqlite" if _is_sqlite(settings) else "database.pgdump")
        if not dump.exists():
            raise BackupError("The backup is of another kind of database. Set TRILHA_DATABASE_URL to the kind it was made from.")
        _undump(settings, dump)
        for kept in KEPT:
            if (folder / kept).is_dir():
                shutil.copytree(folder / kept, settings.instance / kept, dirs_exist_ok=True)
            elif (folder / kept).exists():
                shutil.copy2(folder / kept, settings.instance / kept)


def _is_sqlite(settings: Settings) -> bool:
    return settings.database_url.startswith("sqlite")


def _insist_on_empty() -> None:
    if inspect(db.engine).has_table("core_person"):
        with db.engine.connect() as connection:
            if connection.execute(text("SELECT count(*) FROM core_person")).scalar():
                raise BackupError("This installation holds data. Restore into an empty one: choose another TRILHA_INSTANCE and database.")
    db.engine.dispose()


def _dump(settings: Settings, target: Path) -> None:
    if _is_sqlite(settings):
        source = sqlite3.connect(make_url(settings.database_url).database or "")
        copy = sqlite3.connect(target)
        with source, copy:
            source.backup(copy)
        source.close()
        copy.close()
        return
    _run_postgresql(["pg_dump", "--format=custom", "--no-owner", f"--file={target}", f"--dbname={_libpq(settings)}"])


def _undump(settings: Settings, dump: Path) -> None:
    if _is_sqlite(settings):
        database = Path(make_url(settings.database_url).database or "")
        for leftover in (database.with_name(database.name + "-wal"), database.with_name(database.name + "-shm")):
            leftover.unlink(missing_ok=True)
        shutil.copy2(dump, database)
        return
    _run_postgresql(["pg_restore", "--clean", "--if-exists", "--no-owner", "--exit-on-error", f"--dbname={_libpq(settings)}", str(dump)])


def _libpq(settings: Settings) -> str:
    return settings.database_url.replace("postgresql+psycopg://", "postgresql://")


def _run_postgresql(command: list[str]) -> None:
    found = shutil.which(command[0]) or next((str(each) for each in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{command[0]}"), reverse=True)), None)
    if found is None:
        raise BackupError(f"{command[0]} is missing. Install the Debian package postgresql-client.")
    done = subprocess.run([found, *command[1:]], capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(f"{command[0]} failed: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else done.returncode}.")
