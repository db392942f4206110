"""`flask doctor` and `flask backup`: look after an installation."""

import sys
from collections.abc import Callable
from pathlib import Path

import click
from flask.cli import AppGroup

from core.health.checks import EVERYTHING, findings
from core.operations.backup import BackupError, create_backup, restore_backup

backup = AppGroup("backup", help="Keep a copy of everything, and put it back.")


@click.command("doctor")
def doctor() -> None:
    """Check configuration, database, storage, mail, fonts and clock, and say how to mend each; exit 1 when something is wrong."""
    found = list(findings(EVERYTHING))
    for each in found:
        click.echo(f"{'ok  ' if each.works else 'MEND'}  {each.part:14} {each.remark}")
    if not all(each.works for each in found):
        sys.exit(1)


@backup.command("create")
@click.argument("path", type=click.Path(path_type=Path))
def create(path: Path) -> None:
    """Write database, files and key to one archive at PATH."""
    _say(lambda: create_backup(path), f"Kept everything in {path}.")


@backup.command("restore")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore(path: Path) -> None:
    """Put an archive back into an empty installation."""
    _say(lambda: restore_backup(path), f"Restored everything from {path}.")


def _say(act: Callable[[], None], done: str) -> None:
    try:
        act()
    except BackupError as error:
        click.echo(str(error))
        sys.exit(1)
    click.echo(done)
