"""Style sheets, scripts and pictures: each under an address that changes with its content, so that browsers may keep it for good."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, request, url_for
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask.wrappers import Response

FOR_GOOD = "public, max-age=31536000, immutable"
SHORTLY = "public, max-age=600"


class PagesOnly(SecureCookieSessionInterface):
    """Sessions as usual, but files neither set a cookie nor vary with one: a cache would not find them again."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if request.endpoint != "static" or response.status_code >= 400:
            super().save_session(app, session, response)


def start_static_files(app: Flask) -> None:
    """Let `url_for('static', filename=…)` in templates name the version of the file, worked out once a process, and say how long it keeps."""
    app.session_interface = PagesOnly()
    folder = Path(str(app.static_folder))

    @cache
    def address(filename: str) -> str:
        version = _version(folder / filename)
        return f"{app.static_url_path}/{filename}" + (f"?v={version}" if version else "")

    def address_of(endpoint: str, **values: Any) -> str:
        if endpoint == "static":
            return address(values["filename"])
        return url_for(endpoint, **values)

    app.jinja_env.globals["url_for"] = address_of

    @app.after_request
    def keep(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code in (200, 206, 304):
            asked = request.args.get("v")
            current = asked and address((request.view_args or {})["filename"]).endswith(f"?v={asked}")
            response.headers["Cache-Control"] = FOR_GOOD if current else SHORTLY
        return response


def _version(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else ""
