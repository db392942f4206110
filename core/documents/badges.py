"""Signing credentials as JSON Web Tokens (RS256) with a key of their own, and telling the public half of it."""

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from flask import current_app

from core.settings import Settings

KEY_FILE = "badges.pem"
RETIRED = "badges-*.pem"  # keys that sign no more; what they signed is checked with them as long as their files are there
BITS = 2048


def sign_token(payload: Mapping[str, Any]) -> str:
    """The payload as a compact token signed with the company's key."""
    key = _key()
    header = {"alg": "RS256", "typ": "JWT", "kid": public_key()["kid"]}
    signed = f"{_packed(_written(header))}.{_packed(_written(payload))}"
    return f"{signed}.{_packed(key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


def public_key() -> dict[str, str]:
    """The key tokens are signed with now, as a JSON Web Key; its `kid` is its thumbprint (RFC 7638)."""
    return _public(_key())


def public_keys() -> list[dict[str, str]]:
    """Every key tokens of ours can be checked with: the one of now, then the retired ones by the names of their files."""
    settings: Settings = current_app.extensions["settings"]
    return [public_key(), *(_public(_load(path)) for path in sorted(settings.instance.glob(RETIRED)))]


def _public(key: rsa.RSAPrivateKey) -> dict[str, str]:
    numbers = key.public_key().public_numbers()
    parts = {"e": _number(numbers.e), "kty": "RSA", "n": _number(numbers.n)}
    thumbprint = hashlib.sha256(json.dumps(parts, separators=(",", ":"), sort_keys=True).encode()).digest()
    return parts | {"alg": "RS256", "use": "sig", "kid": _packed(thumbprint)}


def _key() -> rsa.RSAPrivateKey:
    """The key; made at the first use, readable by this user only."""
    settings: Settings = current_app.extensions["settings"]
    path = settings.instance / KEY_FILE
    if not path.exists():
        made = path.with_suffix(f".{os.getpid()}.new")
        fresh = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
        plain = serialization.NoEncryption()
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(fresh.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
        try:
            os.link(made, path)  # another process may have been quicker: then its key is the one
        except FileExistsError:
            pass
        finally:
            os.unlink(made)
    return _load(path)


def _load(path: Path) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise RuntimeError(f"{path.name} holds no RSA key")
    return key


def _written(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def _packed(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _number(value: int) -> str:
    return _packed(value.to_bytes((value.bit_length() + 7) // 8, "big"))
