"""Security headers on every answer."""

import secrets

from flask import Flask, g, request
from flask.wrappers import Response

PRIVATE_PREFIXES = ("/my-application", "/my-offer", "/invitation", "/password", "/survey")


def let_others_frame() -> None:
    """Let pages of other sites show this answer in a frame. Only for what is public and takes no input."""
    g.framed_by_others = True


def _policy(nonce: str, *, ancestors: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}'",
            "style-src 'self'",
            "img-src 'self' data:",
            "media-src 'self'",
            "font-src 'self'",
            "connect-src 'self'",
            "frame-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            f"frame-ancestors {ancestors}",
            "manifest-src 'self'",
        )
    )


def start_headers(app: Flask, *, secure: bool) -> None:
    """Set the headers after every request; a view may have set a stricter Content-Security-Policy of its own."""

    @app.before_request
    def make_nonce() -> None:
        g.nonce = secrets.token_urlsafe(12)

    app.jinja_env.globals["csp_nonce"] = lambda: g.nonce

    @app.after_request
    def set_headers(response: Response) -> Response:
        headers = response.headers
        ancestors = "*" if g.get("framed_by_others", False) else "'self'"
        headers.setdefault("Content-Security-Policy", _policy(g.get("nonce", ""), ancestors=ancestors))
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("X-Frame-Options", "SAMEORIGIN")  # for what knows no frame-ancestors; whoever does goes by those alone
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        private = request.path.startswith(PRIVATE_PREFIXES)
        headers.setdefault("Referrer-Policy", "no-referrer" if private else "same-origin")
        if private or g.get("person") is not None:
            headers.setdefault("Cache-Control", "no-store")
        if secure:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        return response
