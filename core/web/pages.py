"""Answering with a page."""

from typing import Any
from urllib.parse import urlsplit

from flask import make_response, render_template, request
from flask.wrappers import Response
from flask_wtf import FlaskForm


def page(template: str, *, form: FlaskForm | None = None, status: int | None = None, **context: Any) -> Response:
    """Render a page. A form that was sent and has errors answers 422, so that nothing takes it for a success."""
    if status is None:
        status = 422 if form is not None and form.errors else 200
    return make_response(render_template(template, form=form, **context), status)


def is_fragment_request() -> bool:
    """Whether htmx asks for a part of the page rather than the whole."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def own_address(target: str | None, *, otherwise: str) -> str:
    """The target if it is a path on this site, else `otherwise`; `//evil.test`, `javascript:` and backslashes are not."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or "\\" in target:
        return otherwise
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or any(ord(character) < 32 for character in target):
        return otherwise
    return target
