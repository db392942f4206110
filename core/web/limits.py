"""How often an address may try the doors that strangers use."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from core.settings import Settings

limiter = Limiter(get_remote_address, headers_enabled=False, strategy="moving-window")


def start_limits(app: Flask, settings: Settings) -> None:
    """Count tries in Redis when there is one, else in each process."""
    app.config["RATELIMIT_STORAGE_URI"] = settings.redis_url or "memory://"
    limiter.init_app(app)
