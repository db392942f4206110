"""Bring the database up to date and, on the first start of a demonstration, fill it. Run by `make run`."""

import hashlib
import os
import sqlite3
import sys
from contextlib import closing, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
STAMP = ROOT / "instance" / "prepared"


def migrations() -> str:
    """A sum over all migrations."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted((ROOT / "migrations" / "versions").glob("*.py")))).hexdigest()


def is_prepared() -> bool:
    """Whether the last start left everything as it is wanted: only ever said of an installation with nothing but default settings."""
    database, settings = ROOT / "instance" / "trilha.db", ROOT / "instance" / "trilha.env"
    chosen = any(name.startswith("TRILHA_") and name != "TRILHA_PORT" for name in os.environ) or settings.exists()
    if chosen or not os.environ.get("PORT", "8000").isdigit() or not database.exists() or not STAMP.exists() or STAMP.read_text() != migrations():
        return False
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            return connection.execute("SELECT count(*) FROM core_person").fetchone()[0] > 0
    except sqlite3.Error:
        return False


def prepare() -> None:
    """Migrate, then load the demonstration where there is nobody yet. Raises SettingError when a setting cannot work."""
    from flask_migrate import upgrade

    from core.db import db, insist_on_connection
    from home.demo.commands import load_command
    from wsgi import create_app

    app = create_app()
    with app.app_context():
        insist_on_connection(db.engine)
        upgrade()
        if app.extensions["settings"].environment == "demo":
            with suppress(SystemExit):  # the command ends so when there is nothing to load
                load_command.main(args=["--if-empty"], standalone_mode=False)
    if app.extensions["settings"].instance == STAMP.parent:
        STAMP.write_text(migrations())


if __name__ == "__main__":
    if is_prepared():
        sys.exit()
    from core.settings import SettingError

    try:
        prepare()
    except SettingError as error:
        sys.exit(str(error))
