"""What a database must know of its tables to choose good plans."""

from sqlalchemy import text

from core.db import session

ROWS_LOOKED_AT = 1000  # an index; enough to tell a column with two values from one with ten thousand


def refresh_statistics() -> None:
    """Count again what SQLite chooses its plans by. PostgreSQL does that by itself, with autovacuum."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text(f"PRAGMA analysis_limit = {ROWS_LOOKED_AT}"))
        session.execute(text("ANALYZE"))
