"""The database goes away while people work: they are told, nothing is half done, and all is well once it is back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, make_url, text

from core.db import db
from tests.conftest import make_application
from tests.databases import Database, begin_database, new_postgresql_database

Lose = Callable[[], None]


@contextmanager
def _a_losable_database(kind: str, url: str, folder: Path) -> Iterator[tuple[str, Lose, Lose]]:
    """Its address, what takes it away, and what brings it back."""
    if kind == "sqlite":
        with begin_database(kind, folder) as own:
            path = Path(str(make_url(own.url).database))

            def take() -> None:
                path.rename(folder / "away")
                path.mkdir()

            def put_back() -> None:
                path.rmdir()
                (folder / "away").rename(path)

            yield own.url, take, put_back
        return
    own = new_postgresql_database(str(make_url(url).query["host"]), "losable")
    server = create_engine(url, isolation_level="AUTOCOMMIT")

    def allow(connections: bool) -> None:
        with server.connect() as connection:
            connection.execute(text(f"ALTER DATABASE losable ALLOW_CONNECTIONS {str(connections).lower()}"))
            connection.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'losable'"))

    try:
        yield own.url, lambda: allow(False), lambda: allow(True)
    finally:
        server.dispose()


@pytest.mark.fault
def test_people_are_told_that_the_database_is_away_and_go_on_when_it_is_back(database: Database, tmp_path: Path) -> None:
    with _a_losable_database(database.kind, database.url, tmp_path) as (url, lose, bring_back):
        own: Flask = make_application(url, tmp_path / "instance")
        client = own.test_client()
        assert client.get("/careers").status_code == 200
        _forget_connections(own, database.kind)
        lose()
        for answer in (client.get("/careers"), client.post("/login", data={"email": "a@b.test", "password": "wrong"}), client.get("/sitemap.xml")):
            assert answer.status_code == 503, answer.text
            assert "Try again in a moment." in answer.text and answer.headers["X-Request-ID"]
            assert "Traceback" not in answer.text and "TRILHA_DATABASE_URL" not in answer.text and str(tmp_path) not in answer.text
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 503
        bring_back()
        assert client.get("/careers").status_code == 200
        assert client.get("/readyz").status_code == 200
        _forget_connections(own, "")


def _forget_connections(app: Flask, kind: str) -> None:
    """A file that is open stays readable after it is gone; a server's connections are left to find out by themselves."""
    if kind != "postgresql":
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
