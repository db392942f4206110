"""Writing many rows as quickly as each database takes them: COPY on PostgreSQL, one prepared statement on SQLite."""

import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Table, func, select

from core.db import Base, session


def next_key(model: type[Base]) -> int:
    """The inner key that is free next in a table nobody else writes to."""
    table: Table = model.__table__  # type: ignore[assignment]
    return (session.scalars(select(func.max(table.c.id))).one() or 0) + 1


def public_id(key: int, kind: int) -> UUID:
    """A public id for the row with this key, of the kind with this number: the same each time."""
    return UUID(int=(kind << 64) + key, version=4)


def write_rows(model: type[Base], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows that give these columns, by inner keys of their own where there are any; the others are what the model puts there."""
    table: Table = model.__table__  # type: ignore[assignment]
    defaults: dict[str, Any] = {each.name: each.default for each in table.c if each.name not in columns}
    usual = {name: getattr(each.arg, "value", each.arg) for name, each in defaults.items() if each is not None and each.is_scalar}
    columns, rows = (*columns, *usual), ((*row, *usual.values()) for row in rows)
    connection = session.connection()
    session.flush()
    cursor: Any = connection.connection.cursor()
    places = [table.c[name] for name in columns]
    try:
        if connection.dialect.name == "postgresql":
            _copy(cursor, table, columns, [isinstance(place.type, JSON) for place in places], rows)
        else:
            turn = [place.type.dialect_impl(connection.dialect).bind_processor(connection.dialect) for place in places]
            marks = ", ".join("?" for _name in columns)
            ready = ([value if act is None else act(value) for act, value in zip(turn, row, strict=True)] for row in rows)
            cursor.executemany(f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})", ready)
    finally:
        cursor.close()


def _copy(cursor: Any, table: Table, columns: Sequence[str], is_json: Sequence[bool], rows: Iterable[Sequence[Any]]) -> None:
    with cursor.copy(f"COPY {table.name} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([json.dumps(value) if json_wanted else value for json_wanted, value in zip(is_json, row, strict=True)])
    if "id" in columns:
        cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), (SELECT max(id) FROM {table.name}))")
