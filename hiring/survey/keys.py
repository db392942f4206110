"""The key under which survey answers are kept."""

import hashlib
import hmac
from uuid import UUID

from flask import current_app


def survey_key(application_id: UUID) -> str:
    """Under what an application's survey answers are kept: nothing without the installation's secret."""
    secret = hashlib.sha256(b"survey:" + str(current_app.secret_key).encode()).digest()
    return hmac.new(secret, application_id.bytes, hashlib.sha256).hexdigest()
