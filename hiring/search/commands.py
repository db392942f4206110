"""`flask search …`: make the index of candidates anew."""

import click
from flask.cli import AppGroup

from hiring.search.actions import index_all
from hiring.search.queries import indexed_count

search = AppGroup("search", help="The index of candidates.")


@search.command("rebuild")
def rebuild() -> None:
    """Index every application as it stands now. Safe at any time, and to be stopped and begun again."""
    changed = index_all()
    click.echo(f"{indexed_count()} applications are indexed, {changed} of them anew.")
