"""Web processes killed while an exam is sat: no answer that was acknowledged is lost, and the rest is sent again."""

import threading
from pathlib import Path
from uuid import uuid4

import pytest

from bench.exams import Hall, count_lost, kill_one_worker, serving
from bench.sitters import prepare
from core.db import db, transaction
from core.settings import load_settings
from tests.databases import Database, build_schema, new_postgresql_database
from wsgi import ROOT, create_app

pytestmark = pytest.mark.fault


def test_no_acknowledged_answer_is_lost_when_a_web_process_is_killed(database: Database, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'trilha.db'}"
    if database.kind == "postgresql":
        address = new_postgresql_database(database.url.partition("host=")[2], f"exam-{uuid4().hex}").url
    given = {"TRILHA_INSTANCE": str(tmp_path), "TRILHA_ENV": "demo", "TRILHA_DATABASE_URL": address, "TRILHA_BASE_URL": "http://localhost"}
    app = create_app(load_settings(given, root=ROOT))
    with app.test_request_context():
        if database.kind == "sqlite":
            build_schema(db.engine)
        with transaction():
            sitters = prepare(8)
        db.session.remove()
    with serving(app.extensions["settings"]) as (url, master):
        hall = Hall(url.removeprefix("http://"), sitters, seconds=9, every=0.5)
        kills = [threading.Timer(after, kill_one_worker, [master]) for after in (3, 6)]
        for kill in kills:
            kill.start()
        hall.sit(threads=8)
    with app.app_context():
        assert count_lost(sitters) == 0
        db.engine.dispose()
    assert all(sitter.acknowledged for sitter in sitters)
    assert sum(len(sitter.acknowledged) for sitter in sitters) > len(sitters)
