"""How migrations run: online, against the application's own engine."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from core.db import Instant, db

SEARCH_INDEX = "hiring_search_index"  # of hiring/search/models.py, written out: migrations do not depend on code that may change

target = db.metadata


def render(kind: str, thing: Any, autogen: Any) -> str | bool:
    """Write our own column types as SQLAlchemy's, so that a migration does not depend on code that may change."""
    if kind == "type" and isinstance(thing, Instant):
        return "sa.DateTime(timezone=True)"
    return False


def include(thing: Any, name: str | None, kind: str, reflected: bool, compared: Any) -> bool:
    """Leave alone what a database keeps beside the models: the index of the search, in whichever form it has."""
    return not (reflected and str(name).startswith(SEARCH_INDEX))


@contextmanager
def foreign_keys_aside(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew, which its own foreign keys would refuse: they rest meanwhile, and are checked after."""
    raw: Any = connection.connection.dbapi_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        if raw.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise RuntimeError("The migration left rows that point nowhere. Put back the backup made before it.")
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def run() -> None:
    """Run the wanted migrations in one transaction each."""
    engine = db.engine
    arguments = current_app.extensions["migrate"].configure_args
    with engine.connect() as connection, foreign_keys_aside(connection):
        hooks = {"render_item": render, "include_object": include, **arguments}
        context.configure(connection=connection, target_metadata=target, transaction_per_migration=True, **hooks)
        with context.begin_transaction():
            context.run_migrations()


run()
