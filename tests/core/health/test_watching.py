"""Machines that watch an installation learn whether it is alive, ready and keeping up."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.clock import now
from core.db import session
from core.health.checks import EVERYTHING, findings
from core.jobs.models import Job
from tests.live import free_port


def test_an_installation_that_answers_is_alive(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"alive": True}


def test_the_parts_that_work_are_named(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.get_json() == {"ready": True, "parts": {"database": True, "schema": True, "queue": True, "storage": True}}


def test_an_installation_without_storage_is_not_ready(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("not a folder")
    from core.files.storage import FolderStorage

    monkeypatch.setitem(app.extensions, "storage", FolderStorage(blocked / "files"))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["parts"]["storage"] is False


def test_figures_count_jobs_and_name_nobody(client: FlaskClient) -> None:
    session.add(Job(task="core.nothing", arguments={"name": "Ana"}, run_at=now() - timedelta(seconds=90)))
    text = client.get("/metrics").get_data(as_text=True)
    assert 'trilha_jobs{state="waiting"} 1.0' in text
    late = next(float(line.split()[1]) for line in text.splitlines() if line.startswith("trilha_jobs_oldest_due_seconds "))
    assert 90 <= late < 300
    assert "Ana" not in text


def test_the_doctor_says_how_to_mend_a_missing_worker(app: Flask) -> None:
    session.add(Job(task="core.nothing", arguments={}, run_at=now() - timedelta(hours=1)))
    session.commit()
    found = {each.part: each for each in findings(EVERYTHING)}
    assert not found["worker"].works
    assert "flask --app wsgi worker" in found["worker"].remark


def test_the_doctor_sees_that_all_visitors_would_count_as_one(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for count, works in ((0, False), (1, True)):
        settings = replace(app.extensions["settings"], environment="production", base_url="https://people.example.org", trusted_proxies=count)
        monkeypatch.setitem(app.extensions, "settings", settings)
        found = {each.part: each for each in findings(EVERYTHING)}
        assert found["configuration"].works is works
        assert works or "TRILHA_TRUSTED_PROXIES" in found["configuration"].remark


def test_the_doctor_says_that_redis_is_away(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {each.part: each for each in findings(EVERYTHING)}["limits"].works
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], redis_url=f"redis://127.0.0.1:{free_port()}/0"))
    found = {each.part: each for each in findings(EVERYTHING)}["limits"]
    assert not found.works
    assert "TRILHA_REDIS_URL" in found.remark


def test_the_doctor_looks_at_every_part(app: Flask) -> None:
    found = {each.part: each for each in findings(EVERYTHING)}
    assert set(found) == {name for name, _check in EVERYTHING}
    assert found["database"].works
    assert found["fonts"].works
    assert found["clock"].works
    assert all(each.works or each.remark for each in found.values())
