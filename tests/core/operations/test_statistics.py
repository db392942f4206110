"""SQLite is told how its tables are filled, so that a search by name does not read every application."""

from flask import Flask
from sqlalchemy import text

from core.db import session
from core.operations.statistics import refresh_statistics
from tests.factories import make_person


def test_statistics_are_counted_where_the_database_does_not_do_it_itself(app: Flask) -> None:
    make_person("Beatriz Nogueira")
    session.flush()
    refresh_statistics()
    if session.get_bind().dialect.name == "sqlite":
        counted = session.execute(text("SELECT stat FROM sqlite_stat1 WHERE idx = 'ix_core_person_searchable' ORDER BY stat")).scalar_one()
        assert int(counted.split()[0]) >= 1
