"""Passwords: hashed with Argon2id, and checked in the same time whether the account exists or not."""

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

SHORTEST = 10
LONGEST = 200
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)  # OWASP's minimum for Argon2id
_nobody = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """The password's Argon2id hash with its salt and cost."""
    return _hasher.hash(password)


def is_password(stored: str | None, given: str) -> bool:
    """Whether the given password is the stored one. Without a stored one it takes as long and says no."""
    try:
        return _hasher.verify(stored or _nobody, given) and stored is not None
    except VerificationError:
        return False
