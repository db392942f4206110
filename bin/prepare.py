"""Brings the database up to date and, on the first start of a demonstration, fills it: one process, to start quickly."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from flask_migrate import upgrade  # noqa: E402

from core.settings import SettingError  # noqa: E402
from wsgi import create_app  # noqa: E402

try:
    app = create_app()
except SettingError as error:
    print(error, file=sys.stderr)
    sys.exit(2)
with app.app_context():
    upgrade()
if app.extensions["settings"].environment == "demo" and not os.environ.get("TRILHA_NO_DEMO"):
    result = app.test_cli_runner().invoke(args=["demo", "load", "--if-empty"])
    if "Loaded" in result.output or result.exit_code:
        print(result.output.strip())
    if result.exit_code:
        sys.exit(result.exit_code)
