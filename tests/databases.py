"""Databases for tests: a SQLite file, or a PostgreSQL server of our own on loopback."""

import functools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, text

from core.db import db

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


@dataclass(frozen=True)
class Database:
    """Where a database is, and what kind."""

    kind: str
    url: str


def build_schema(engine: Engine) -> None:
    """Make every table, and call the result the newest migration: that the two are the same is tested in tests/architecture."""
    import wsgi  # noqa: F401  (declares every model)

    db.metadata.create_all(engine)
    with engine.begin() as connection:
        MigrationContext.configure(connection).stamp(ScriptDirectory(str(MIGRATIONS)), "head")


@functools.cache
def postgresql_server() -> Path | None:
    """The folder with PostgreSQL's programs, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    if found:
        return found[0].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _as_somebody() -> list[str]:
    if os.getuid() != 0:
        return []
    names = {entry.pw_name for entry in pwd.getpwall()}
    return ["setpriv", f"--reuid={'postgres' if 'postgres' in names else 'nobody'}", "--clear-groups", "--"]


@contextmanager
def running_postgresql() -> Iterator[str]:
    """A PostgreSQL server on a socket of its own; yields the folder of the socket."""
    programs = postgresql_server()
    if programs is None:
        raise RuntimeError("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="trilha-pg-", dir="/tmp"))
    prefix = _as_somebody()
    if prefix:
        owner = pwd.getpwnam(prefix[1].removeprefix("--reuid="))
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    cluster = folder / "cluster"
    environ = {**os.environ, "LC_ALL": "C.UTF-8"}
    quiet = {"cwd": folder, "env": environ, "check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([*prefix, programs / "initdb", "-D", cluster, "-U", "trilha", "-A", "trust", "-E", "UTF8", "--no-sync"], **quiet)  # type: ignore[call-overload]
    options = f"-c listen_addresses='' -k {folder} -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=120"
    subprocess.run([*prefix, programs / "pg_ctl", "-D", cluster, "-o", options, "-w", "-l", folder / "log", "start"], **quiet)  # type: ignore[call-overload]
    try:
        yield str(folder)
    finally:
        subprocess.run([*prefix, programs / "pg_ctl", "-D", cluster, "-m", "immediate", "stop"], **quiet)  # type: ignore[call-overload]
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def begin_database(kind: str, folder: Path) -> Iterator[Database]:
    """A new database of the kind with every table."""
    if kind == "sqlite":
        url = f"sqlite:///{folder / 'test.db'}"
        engine = create_engine(url)
        build_schema(engine)
        engine.dispose()
        yield Database(kind, url)
        return
    with running_postgresql() as host:
        yield new_postgresql_database(host, "trilha")


def new_postgresql_database(host: str, name: str, *, tables: bool = True) -> Database:
    """A database of this name on the server whose socket is in `host`, with every table unless told otherwise."""
    administration = create_engine(f"postgresql+psycopg://trilha@/postgres?host={host}", isolation_level="AUTOCOMMIT")
    with administration.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    administration.dispose()
    url = f"postgresql+psycopg://trilha@/{name}?host={host}"
    if tables:
        engine = create_engine(url)
        build_schema(engine)
        engine.dispose()
    return Database("postgresql", url)
