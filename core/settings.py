"""Settings, read once from the environment and `instance/trilha.env`, each with a default that works."""

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from click import ClickException
from dotenv import dotenv_values

ENVIRONMENTS = ("demo", "production", "test")


class SettingError(ClickException, RuntimeError):
    """A setting that cannot work; the sentence names the variable.

    Commands show it as it is, without a traceback, for it is a ClickException; so does gunicorn, for it is a RuntimeError.
    """


@dataclass(frozen=True)
class Settings:
    """Everything an installation can choose. `instance` is the folder of an embedded installation's files."""

    environment: str
    instance: Path
    database_url: str
    redis_url: str | None
    storage_url: str
    smtp_url: str | None
    base_url: str
    mail_from: str
    secret_key: str
    trusted_hosts: tuple[str, ...]
    job_lease_seconds: int = 300
    trusted_proxies: int = 0
    metrics_token: str | None = None

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies travel over https only."""
        return self.base_url.startswith("https://")


def _checked(name: str, value: str, fits: Callable[[str], bool], expected: str) -> str:
    if not fits(value):
        raise SettingError(f"{name} is {_without_password(value)!r}, which is not {expected}.")
    return value


def _without_password(value: str) -> str:
    password = _password(value)
    return value.replace(password, "***") if password else value


def _password(value: str) -> str | None:
    try:
        return urlsplit(value).password
    except ValueError:
        return None


def _scheme(value: str) -> str:
    try:
        return urlsplit(value).scheme
    except ValueError:
        return ""


def _database_url(value: str) -> str:
    name = "TRILHA_DATABASE_URL"
    expected = "a sqlite:/// or postgresql:// address, such as postgresql://user:password@host/database"
    _checked(name, value, lambda v: _scheme(v) in ("sqlite", "postgresql", "postgres", "postgresql+psycopg"), expected)
    if value.startswith("sqlite"):
        path = value.removeprefix("sqlite:///")
        _checked(name, value, lambda v: bool(path) and v.startswith("sqlite:///"), expected)
        if path != ":memory:" and not Path(path).parent.is_dir():
            raise SettingError(f"{name} names a database in {Path(path).parent}, a folder that does not exist.")
        return value
    _checked(name, value, lambda v: bool(urlsplit(v).hostname or "host=" in v) and len(urlsplit(v).path) > 1, expected)
    return "postgresql+psycopg://" + value.split("://", 1)[1]


def _optional(name: str, value: str | None, schemes: tuple[str, ...], expected: str) -> str | None:
    if not value:
        return None
    return _checked(name, value, lambda v: _scheme(v) in schemes and bool(urlsplit(v).hostname), expected)


def _secret_key(given: str | None, instance: Path) -> str:
    if given:
        return _checked("TRILHA_SECRET_KEY", given, lambda v: len(v) >= 32, "at least 32 characters long")
    path = instance / "secret.key"
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def _base_url(value: str) -> str:
    expected = "an http:// or https:// address without a path"
    return _checked(
        "TRILHA_BASE_URL",
        value.rstrip("/"),
        lambda v: _scheme(v) in ("http", "https") and bool(urlsplit(v).hostname) and not urlsplit(v).path,
        expected,
    )


def _mail_from(value: str | None, host: str) -> str:
    if not value:
        return f"trilha@{'localhost' if ':' in host else host}"
    expected = "one mail address, such as jobs@example.com"
    return _checked("TRILHA_MAIL_FROM", value, lambda v: re.fullmatch(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+", v) is not None, expected)


def _trusted_proxies(value: str) -> int:
    expected = "how many proxies stand before this server, from 0 to 9"
    return int(_checked("TRILHA_TRUSTED_PROXIES", value, lambda v: re.fullmatch("[0-9]", v) is not None, expected))


def _metrics_token(value: str | None) -> str | None:
    if value and not re.fullmatch(r"[\x21-\x7e]{16,}", value):
        raise SettingError("TRILHA_METRICS_TOKEN needs at least 16 letters, digits or signs, and no spaces.")  # the value itself is a secret
    return value or None


def _lease_seconds(value: str) -> int:
    expected = "a number of seconds from 2 to 86399"
    return int(_checked("TRILHA_JOB_LEASE_SECONDS", value, lambda v: v.isdigit() and 1 < int(v) < 86400, expected))


def _writable(instance: Path) -> Path:
    try:
        instance.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(f"TRILHA_INSTANCE names {instance}, which cannot be made: {error.strerror}.") from error
    if not os.access(instance, os.W_OK):
        raise SettingError(f"TRILHA_INSTANCE names {instance}, which this user cannot write to.")
    return instance


def load_settings(environ: Mapping[str, str] | None = None, *, root: Path) -> Settings:
    """Read and check every setting.

    `environ` stands for the process's environment; what it does not name is looked up in `<instance>/trilha.env`.
    Raises SettingError with one sentence that names the variable.
    """
    given = dict(os.environ if environ is None else environ)
    instance = _writable(Path(given.get("TRILHA_INSTANCE") or root / "instance").resolve())
    for key, value in dotenv_values(instance / "trilha.env").items():
        given.setdefault(key, value or "")
    port = _checked("PORT", given.get("PORT") or "8000", lambda v: v.isdigit() and 0 < int(v) < 65536, "a port number from 1 to 65535")
    base_url = _base_url(given.get("TRILHA_BASE_URL") or f"http://127.0.0.1:{port}")
    hosts = [urlsplit(base_url).hostname or "", *filter(None, (given.get("TRILHA_TRUSTED_HOSTS") or "").split(","))]
    if urlsplit(base_url).hostname == "127.0.0.1":
        hosts.append("localhost")
    environment = _checked("TRILHA_ENV", given.get("TRILHA_ENV") or "demo", lambda v: v in ENVIRONMENTS, "demo or production")
    return Settings(
        environment=environment,
        instance=instance,
        database_url=_database_url(given.get("TRILHA_DATABASE_URL") or f"sqlite:///{instance / 'trilha.db'}"),
        redis_url=_optional("TRILHA_REDIS_URL", given.get("TRILHA_REDIS_URL"), ("redis", "rediss"), "a redis:// address"),
        storage_url=_checked(
            "TRILHA_STORAGE_URL",
            given.get("TRILHA_STORAGE_URL") or f"file://{instance / 'files'}",
            lambda v: _scheme(v) in ("file", "s3"),
            "a file:///folder or s3://bucket/prefix address",
        ),
        smtp_url=_optional(
            "TRILHA_SMTP_URL", given.get("TRILHA_SMTP_URL"), ("smtp", "smtps", "smtp+starttls"), "an smtp://, smtps:// or smtp+starttls:// address"
        ),
        base_url=base_url,
        mail_from=_mail_from(given.get("TRILHA_MAIL_FROM"), urlsplit(base_url).hostname or ""),
        secret_key=_secret_key(given.get("TRILHA_SECRET_KEY"), instance),
        trusted_hosts=tuple(hosts),
        trusted_proxies=_trusted_proxies(given.get("TRILHA_TRUSTED_PROXIES") or "0"),
        metrics_token=_metrics_token(given.get("TRILHA_METRICS_TOKEN")),
        job_lease_seconds=_lease_seconds(given.get("TRILHA_JOB_LEASE_SECONDS") or "300"),
    )
