"""Bring the database up to date and, on the first start of a demonstration, fill it. Run by `make run`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from flask_migrate import upgrade

from core.db import db, insist_on_connection  # noqa: E402
from core.settings import SettingError
from home.demo.commands import load_command
from wsgi import create_app


def prepare() -> None:
    """Migrate, then load the demonstration where there is nobody yet. Raises SettingError when a setting cannot work."""
    app = create_app()
    with app.app_context():
        insist_on_connection(db.engine)
        upgrade()
        if app.extensions["settings"].environment == "demo":
            load_command.main(args=["--if-empty"], standalone_mode=False)


if __name__ == "__main__":
    try:
        prepare()
    except SettingError as error:
        sys.exit(str(error))
