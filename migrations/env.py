"""How migrations run: online, against the application's own engine."""

from alembic import context
from flask import current_app

from core.db import db

target = db.metadata


def run() -> None:
    """Run the wanted migrations in one transaction each."""
    engine = db.engine
    arguments = current_app.extensions["migrate"].configure_args
    with engine.connect() as connection:
        context.configure(
            connection=connection, target_metadata=target, compare_type=True, transaction_per_migration=True, **arguments
        )
        with context.begin_transaction():
            context.run_migrations()


run()
