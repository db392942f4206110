"""Who may come in: every route declares it, and one that does not opens to nobody."""

from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from flask import Flask, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.people.rights import Right

View = TypeVar("View", bound=Callable[..., Any])
PUBLIC = "public"
PRIVATE_LINK = "private link"
log = structlog.get_logger()


def access(right: Right) -> Callable[[View], View]:
    """Open the view to signed-in persons who have the right."""

    def declare(view: View) -> View:
        view.access = right  # type: ignore[attr-defined]
        return view

    return declare


def public_page(view: View) -> View:
    """Open the view to everybody."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def private_link_page(view: View) -> View:
    """Open the view to whoever holds a private link; the view itself reads the link."""
    view.access = PRIVATE_LINK  # type: ignore[attr-defined]
    return view


def declared_access(app: Flask, endpoint: str) -> Right | str | None:
    """What the view behind the endpoint has declared: a right, PUBLIC, PRIVATE_LINK, or None."""
    if endpoint == "static" or endpoint.endswith(".static"):
        return PUBLIC
    return getattr(app.view_functions[endpoint], "access", None)


def guard(app: Flask) -> None:
    """Refuse what was not declared: a redirect to sign-in for strangers, 403 for those without the right."""

    @app.before_request
    def insist() -> ResponseReturnValue | None:
        if "\x00" in request.path or b"%00" in request.query_string:
            abort(400)  # no text in here has such a character, and PostgreSQL refuses to be asked for one
        if request.endpoint is None:
            return None
        declared = declared_access(app, request.endpoint)
        if declared in (PUBLIC, PRIVATE_LINK):
            return None
        if not isinstance(declared, Right):
            log.error("route without declared access", endpoint=request.endpoint)
            abort(403)
        if g.person is None:
            if request.path.startswith("/api/"):
                abort(401)
            return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?") if request.method == "GET" else None))
        if not g.person.may(declared):
            log.warning("refused", endpoint=request.endpoint, person=g.person.id, right=declared.value)
            abort(403)
        return None
