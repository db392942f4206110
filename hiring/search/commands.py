"""`flask search …`: make the index of candidates anew."""

import click
from flask.cli import AppGroup

from core.db import session, transaction
from hiring.search.actions import AT_ONCE, index_applications
from hiring.search.queries import indexed_count, keys_after

search = AppGroup("search", help="The index of candidates.")


@search.command("rebuild")
def rebuild() -> None:
    """Index every application as it stands now. Safe at any time, and to be stopped and begun again."""
    last, changed = 0, 0
    while keys := keys_after(last, AT_ONCE):
        last = keys[-1]
        with transaction():
            changed += index_applications(keys)
        session.expunge_all()
    click.echo(f"{indexed_count()} applications are indexed, {changed} of them anew.")
