"""Whether the parts an installation stands on are there, each with a sentence on how to mend it."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import func, select, text

from core.audit.models import AuditEvent
from core.clock import now
from core.db import UnreachableError, db, session
from core.files.storage import storage
from core.jobs.queries import queue_standing
from core.settings import Settings


@dataclass(frozen=True)
class Finding:
    """One part: its name, whether it works, and what is the matter or how to mend it."""

    part: str
    works: bool
    remark: str = ""


def _database() -> Finding:
    session.execute(text("SELECT 1"))
    return Finding("database", True, db.engine.dialect.name)


def _schema() -> Finding:
    wanted = ScriptDirectory(current_app.root_path + "/migrations").get_current_head()
    found = MigrationContext.configure(session.connection()).get_current_revision()
    if found == wanted:
        return Finding("schema", True, str(found))
    return Finding("schema", False, f"The database is at {found}, the code at {wanted}: run flask --app wsgi db upgrade.")


def _queue() -> Finding:
    standing = queue_standing()
    return Finding("queue", True, f"{standing.waiting} waiting, {standing.running} running, {standing.parked} parked")


def _worker() -> Finding:
    oldest = queue_standing().oldest_due_at
    if oldest is not None and now() - oldest > timedelta(minutes=5):
        return Finding("worker", False, "A job has been due for more than five minutes. Start the worker: flask --app wsgi worker.")
    return Finding("worker", True)


def _mail() -> Finding:
    settings: Settings = current_app.extensions["settings"]
    if settings.smtp_url is None:
        return Finding("mail", True, "kept in instance/mail; set TRILHA_SMTP_URL to send it")
    address = urlsplit(settings.smtp_url)
    with socket.create_connection((address.hostname or "", address.port or 25), timeout=5):
        return Finding("mail", True, "the SMTP server answers")


def _fonts() -> Finding:
    found = Path("/usr/share/fonts/truetype/lato/Lato-Regular.ttf").exists()
    return Finding("fonts", found, "" if found else "Letters need the Debian package fonts-lato: apt-get install fonts-lato.")


def _clock() -> Finding:
    newest = session.scalar(select(func.max(AuditEvent.at)))
    if newest is not None and newest > now() + timedelta(minutes=1):
        return Finding(
            "clock",
            False,
            "The last audit event lies in the future: the clock of this machine was set back. Synchronise it (timedatectl set-ntp true).",
        )
    return Finding("clock", True, now().isoformat(timespec="seconds"))


def _configuration() -> Finding:
    settings: Settings = current_app.extensions["settings"]
    if settings.environment == "production" and not settings.base_url.startswith("https://"):
        return Finding("configuration", False, "TRILHA_ENV is production but TRILHA_BASE_URL is not https: links in mails would not be safe.")
    if settings.environment == "production" and not settings.trusted_proxies:
        return Finding("configuration", False, "A proxy speaks https before this server, but TRILHA_TRUSTED_PROXIES is 0: all visitors count as one.")
    return Finding("configuration", True, settings.environment)


def _limits() -> Finding:
    settings: Settings = current_app.extensions["settings"]
    if settings.redis_url is None:
        return Finding("limits", True, "tries are counted in each web process; set TRILHA_REDIS_URL to count them once for all")
    redis = Redis.from_url(settings.redis_url, socket_connect_timeout=5)
    try:
        redis.ping()
    except RedisError:
        return Finding("limits", False, "TRILHA_REDIS_URL names a server that does not answer: tries are counted in each web process meanwhile.")
    finally:
        redis.close()
    return Finding("limits", True, "counted in Redis")


def _storage() -> Finding:
    storage().check()
    return Finding("storage", True)


Check = tuple[str, Callable[[], Finding]]
READINESS: tuple[Check, ...] = (("database", _database), ("schema", _schema), ("queue", _queue), ("storage", _storage))
EVERYTHING: tuple[Check, ...] = (
    ("configuration", _configuration),
    *READINESS,
    ("worker", _worker),
    ("limits", _limits),
    ("mail", _mail),
    ("fonts", _fonts),
    ("clock", _clock),
)


def findings(checks: tuple[Check, ...] = READINESS) -> Iterator[Finding]:
    """Every check's finding; one that fails in another way says so and stops none of the others."""
    for part, check in checks:
        try:
            yield check()
        except UnreachableError as error:
            session.rollback()
            yield Finding(part, False, error.message)
        except Exception as error:
            session.rollback()
            yield Finding(part, False, f"{type(error).__name__}: look at the log and at the settings of the {part}.")
