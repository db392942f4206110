"""Models and migrations say the same, there is one head, and the way up can be gone down again, on both databases."""

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Engine, create_engine, inspect, text

from core.audit.verify import verify_trail
from core.db import db
from hiring.search.models import INDEX
from tests.conftest import make_application
from tests.databases import new_postgresql_database, running_postgresql
from tests.threats.world import build_world
from wsgi import ROOT


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """An application on a database without any table."""
    if request.param == "sqlite":
        yield make_application(f"sqlite:///{tmp_path / 'fresh.db'}", tmp_path)
        return
    with running_postgresql() as host:
        yield make_application(new_postgresql_database(host, "fresh", tables=False).url, tmp_path)


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory(str(ROOT / "migrations")).get_heads()) == 1


def test_migrations_make_the_checks_that_the_models_name(fresh: Flask, tmp_path: Path) -> None:
    made = create_engine(f"sqlite:///{tmp_path / 'models.db'}") if "sqlite" in fresh.config["SQLALCHEMY_DATABASE_URI"] else None
    with fresh.app_context():
        upgrade()
        found = _checks(db.engine)
        if made is None:
            downgrade(revision="base")
            made = db.engine
        db.metadata.create_all(made)
        assert found == _checks(made)
        db.session.remove()
        db.engine.dispose()
    made.dispose()


def _checks(engine: Engine) -> dict[str, dict[str, str]]:
    inspector = inspect(engine)
    return {
        table: {str(check["name"]): check["sqltext"] for check in inspector.get_check_constraints(table)}
        for table in sorted(db.metadata.tables)
        if inspector.has_table(table)
    }


def _is_modelled(thing: object, name: str | None, kind: str, reflected: bool, compared: object) -> bool:
    """What migrations/env.py leaves alone too: the index of the search, which each database keeps in its own form."""
    return not (reflected and str(name).startswith(INDEX))


def test_up_down_and_up_again(fresh: Flask) -> None:
    with fresh.app_context():
        upgrade()
        with db.engine.connect() as connection:
            differences = compare_metadata(
                MigrationContext.configure(connection, opts={"compare_type": True, "include_object": _is_modelled}), db.metadata
            )
            assert differences == []
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade()
        with db.engine.begin() as connection:
            columns = "id, at, name, subject, changes, reason, request_id, previous_hash, hash"
            insert = f"INSERT INTO core_audit_event ({columns}) VALUES (1, CURRENT_TIMESTAMP, 'x', 'x', '{{}}', '', '', '', 'h')"
            connection.execute(text(insert))
        with pytest.raises(Exception, match="only added to"), db.engine.begin() as connection:
            connection.execute(text("DELETE FROM core_audit_event"))
        db.session.remove()
        db.engine.dispose()


def test_an_installation_with_people_in_it_is_brought_up_without_losing_a_row(fresh: Flask) -> None:
    """Rows of the first release stay through the migrations after it, and the trail over them still holds."""
    with fresh.app_context():
        upgrade()
        with fresh.test_request_context():
            build_world()
        downgrade(revision="0001")
        before = _counted(db.engine)
        assert before["hiring_application"] == 3 and before["hiring_offer"] == 2
        upgrade()
        after = _counted(db.engine)
        assert {name: after[name] for name in before} == before
        assert verify_trail().stands
        db.session.remove()
        with pytest.raises(Exception, match="only added to"), db.engine.begin() as connection:
            connection.execute(text("DELETE FROM core_audit_event"))
        db.session.remove()
        db.engine.dispose()


def _counted(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        names = inspect(connection).get_table_names()
        return {name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in sorted(names)}
