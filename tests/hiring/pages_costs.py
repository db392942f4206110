"""Counting the statements a page costs."""

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event

from core.db import db, session


def statements(client: FlaskClient, address: str) -> int:
    """How many statements the page asks the database; it must answer 200."""
    session.commit()
    seen = []

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")):
            seen.append(statement)

    engine = db.engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return len(seen)
