"""How migrations run: online, against the application's own engine."""

from typing import Any

from alembic import context
from flask import current_app

from core.db import Instant, db

target = db.metadata


def render(kind: str, thing: Any, autogen: Any) -> str | bool:
    """Write our own column types as SQLAlchemy's, so that a migration does not depend on code that may change."""
    if kind == "type" and isinstance(thing, Instant):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    """Run the wanted migrations in one transaction each."""
    engine = db.engine
    arguments = current_app.extensions["migrate"].configure_args
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=target, render_item=render, transaction_per_migration=True, **arguments)
        with context.begin_transaction():
            context.run_migrations()


run()
