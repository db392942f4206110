"""Counting the statements that something costs."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import event

from core.db import db


def statements_of(act: Callable[[], object]) -> int:
    """How many statements `act` asks the database."""
    seen = []

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")):
            seen.append(statement)

    engine = db.engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        act()
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return len(seen)
