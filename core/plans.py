"""Plans PostgreSQL makes for statements, kept for as long as a connection lives.

psycopg has the server prepare what it is asked often, and has it forget all of that at every ROLLBACK, for tables might be other ones
afterwards. Each page ends with one, as it keeps nothing: every page was planned anew, which took longer than running it. So a
transaction in which nothing but SELECT was sent (or asked about) ends with COMMIT: the same to the database, and plans stay.
"""

from typing import Any

from sqlalchemy import Engine, event, func, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session, scoped_session

ONLY_READ = ("SELECT", "EXPLAIN (FORMAT JSON) SELECT")  # with ANALYZE, EXPLAIN would carry out what it is given
_PLAN_ONCE = select(func.set_config("plan_cache_mode", "force_generic_plan", True))  # until the transaction ends


def keep_plans(engine: Engine) -> None:
    """End what only read on this PostgreSQL engine in a way that keeps plans."""
    event.listen(engine, "begin", _begin)
    event.listen(engine, "before_cursor_execute", _watch)
    engine.dialect.do_rollback = _roll_back  # type: ignore[method-assign,assignment]


def _begin(connection: Connection) -> None:
    _note(connection, only_read=True)


def _watch(connection: Connection, cursor: Any, statement: str, *ignored: Any) -> None:
    if not statement.startswith(ONLY_READ):
        _note(connection, only_read=False)


def _note(connection: Connection, *, only_read: bool) -> None:
    at_hand: Any = connection.connection.dbapi_connection
    at_hand.only_read = only_read


def _roll_back(connection: Any) -> None:
    if getattr(connection, "only_read", False):
        connection.commit()
    else:
        connection.rollback()


def plan_once(session: Session | scoped_session[Session]) -> None:
    """Have PostgreSQL make one plan, for whatever values, of each statement that follows in this transaction, and keep it.

    It plans anew for the values given where it thinks that plan cheaper. For a statement of many parts, whose plan is the same each
    time, that takes longer than carrying it out.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_PLAN_ONCE)
