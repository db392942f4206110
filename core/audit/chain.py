"""How an event becomes a hash: canonical bytes, so that anyone can compute it again with public tools."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

START = "0" * 64


def canonical(fields: Mapping[str, Any]) -> bytes:
    """The event's fields as JSON with sorted keys, no spaces, UTF-8; instants in ISO 8601 UTC."""
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain).encode()


def _plain(value: object) -> str:
    return value.isoformat(timespec="microseconds") if isinstance(value, datetime) else str(value)


def link(previous_hash: str, fields: Mapping[str, Any]) -> str:
    """SHA-256 over the previous event's hash, a line feed, and the canonical fields; lower-case hex."""
    return hashlib.sha256(previous_hash.encode() + b"\n" + canonical(fields)).hexdigest()
