"""A wrong setting stops the start with one sentence that names the variable, and never with a stack trace."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from core.settings import SettingError, load_settings
from wsgi import ROOT


def load(tmp_path: Path, **environ: str) -> object:
    return load_settings({"TRILHA_INSTANCE": str(tmp_path), **environ}, root=ROOT)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRILHA_DATABASE_URL", "mysql://host/name"),
        ("TRILHA_DATABASE_URL", "sqlite://"),
        ("TRILHA_DATABASE_URL", "sqlite:////no/such/folder/x.db"),
        ("TRILHA_DATABASE_URL", "postgresql://host"),
        ("TRILHA_DATABASE_URL", "nonsense"),
        ("TRILHA_DATABASE_URL", "postgresql://[bad/x"),
        ("TRILHA_REDIS_URL", "http://host"),
        ("TRILHA_STORAGE_URL", "ftp://host"),
        ("TRILHA_SMTP_URL", "mail.example.org"),
        ("TRILHA_BASE_URL", "example.org"),
        ("TRILHA_BASE_URL", "https://example.org/path"),
        ("TRILHA_SECRET_KEY", "short"),
        ("TRILHA_ENV", "staging"),
        ("PORT", "eighty"),
        ("PORT", "70000"),
    ],
)
def test_a_wrong_value_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingError) as refusal:
        load(tmp_path, **{name: value})
    assert name in str(refusal.value)


def test_a_password_is_never_repeated(tmp_path: Path) -> None:
    with pytest.raises(SettingError) as refusal:
        load(tmp_path, TRILHA_DATABASE_URL="mysql://user:hunter2@host/name")
    assert "hunter2" not in str(refusal.value)


def test_everything_has_a_default_that_works(tmp_path: Path) -> None:
    settings = load_settings({"TRILHA_INSTANCE": str(tmp_path)}, root=ROOT)
    assert settings.database_url == f"sqlite:///{tmp_path}/trilha.db"
    assert settings.environment == "demo"


def test_the_secret_key_is_made_once_and_read_by_nobody_else(tmp_path: Path) -> None:
    first = load_settings({"TRILHA_INSTANCE": str(tmp_path)}, root=ROOT).secret_key
    assert load_settings({"TRILHA_INSTANCE": str(tmp_path)}, root=ROOT).secret_key == first
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_the_file_of_the_instance_is_read_and_the_environment_weighs_more(tmp_path: Path) -> None:
    (tmp_path / "trilha.env").write_text("TRILHA_ENV=production\nTRILHA_BASE_URL=https://people.example.org\n")
    assert load_settings({"TRILHA_INSTANCE": str(tmp_path)}, root=ROOT).environment == "production"
    assert load_settings({"TRILHA_INSTANCE": str(tmp_path), "TRILHA_ENV": "demo"}, root=ROOT).environment == "demo"


@pytest.mark.parametrize("url", ["mysql://host/name", "postgresql://nobody:hunter2@127.0.0.1:1/none"])
@pytest.mark.parametrize("command", [["bin/prepare.py"], ["-m", "flask", "--app", "wsgi", "audit", "verify"]])
def test_the_start_stops_with_one_sentence(tmp_path: Path, url: str, command: list[str]) -> None:
    if "audit" in command and url.startswith("postgresql"):
        command = ["bin/prepare.py"]
    environ = {**os.environ, "TRILHA_INSTANCE": str(tmp_path), "TRILHA_DATABASE_URL": url}
    done = subprocess.run([sys.executable, *command], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
    assert "TRILHA_DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr
    assert "hunter2" not in done.stderr
