"""How often an address may try the doors that strangers use."""

from ipaddress import IPv6Address, ip_address, ip_network

from flask import Flask, request
from flask_limiter import Limiter

from core.settings import Settings


def caller() -> str:
    """Whom a try is counted for: the address, or for IPv6 its network, of which one household holds all addresses."""
    try:
        address = ip_address(request.remote_addr or "127.0.0.1")
    except ValueError:  # a proxy may name its client in a word
        return str(request.remote_addr)[:60]
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or ip_network((address, 64), strict=False))


limiter = Limiter(caller, headers_enabled=False, strategy="moving-window")


def start_limits(app: Flask, settings: Settings) -> None:
    """Count tries in Redis when there is one, for all processes together; else, and while Redis is away, in each process for itself."""
    app.config["RATELIMIT_STORAGE_URI"] = settings.redis_url or "memory://"
    app.config["RATELIMIT_IN_MEMORY_FALLBACK_ENABLED"] = settings.redis_url is not None
    limiter.init_app(app)
