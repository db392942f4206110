"""Whose address a request comes from: the connection's, unless proxies that are trusted say otherwise."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from core.settings import Settings


def start_proxies(app: Flask, settings: Settings) -> None:
    """Believe as many entries of X-Forwarded-For and -Proto as there are proxies of ours, counted from the nearest; with none, believe nothing."""
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=0)  # type: ignore[method-assign]
