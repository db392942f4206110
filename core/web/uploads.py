"""Views that take files let more in than others, so that a file that is too large is refused on its form, with what was typed still there."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

View = TypeVar("View", bound=Callable[..., Any])
CAP = 64 * 1024 * 1024  # beyond it the body is not read at all, and the answer is the page for 413
LARGE = 260 * 1024 * 1024
DRAINED = 2 * LARGE
STEP = 1024 * 1024


def takes_files(view: View) -> View:
    """Let the view read a body of up to 64 MB. It must refuse what is too large for it by the rule of its field."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def takes_large_files(view: View) -> View:
    """Let the view read a body of up to 260 MB, for videos. What is large goes to the disk while it comes in, not to memory."""
    view.takes_large_files = True  # type: ignore[attr-defined]
    return takes_files(view)


def start_uploads(app: Flask) -> None:
    """Raise the limit for such views, before anything reads the form."""

    @app.before_request
    def allow() -> None:
        view = current_app.view_functions.get(request.endpoint or "")
        if getattr(view, "takes_files", False):
            request.max_content_length = LARGE if getattr(view, "takes_large_files", False) else CAP


def drain_body() -> None:
    """Read the rest of a refused body and forget it, within reason: a browser that is still sending does not read the answer."""
    if not request.environ.get("wsgi.input_terminated"):
        return  # this server does not say where the body ends
    left = min(request.content_length or 0, DRAINED)
    while left > 0 and (part := request.environ["wsgi.input"].read(min(STEP, left))):
        left -= len(part)
