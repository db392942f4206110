"""The database: base class, column types, session, and the one place that commits."""

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Flask, g, has_request_context, request
from flask.wrappers import Response
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Dialect, Engine, MetaData, Uuid, event, inspect
from sqlalchemy import Enum as EnumColumn
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, ExceptionContext
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, registry, scoped_session
from sqlalchemy.types import TypeDecorator

from core.clock import now
from core.plans import keep_plans
from core.settings import SettingError

Row = TypeVar("Row")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def _constraint_name(constraint: Any, table: object) -> str:
    """A CHECK's own name; that of an enum's CHECK is its column's, for a table may hold the same enum twice."""
    if getattr(constraint, "_type_bound", False):
        return "_".join(column.name for column in constraint.columns)
    return str(constraint.name)


NAMING: dict[str, Any] = {
    "constraint_name": _constraint_name,
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An instant in UTC: aware in Python, `timestamptz` on PostgreSQL, naive UTC text on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _values(members: type[Enum]) -> list[str]:
    return [str(member.value) for member in members]


class _Columns(DeclarativeBase):
    """What every table shares: naming of constraints and the mapping from Python types to columns."""

    # in a registry, because Flask-SQLAlchemy derives its own base from this one
    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={
            datetime: Instant,
            uuid.UUID: Uuid,
            dict[str, Any]: JSON,
            list[Any]: JSON,
            list[str]: JSON,
            list[int]: JSON,
            StrEnum: EnumColumn(StrEnum, native_enum=False, create_constraint=True, length=40, values_callable=_values),
        },
    )


db = SQLAlchemy(model_class=_Columns, disable_autonaming=True)
session: scoped_session[Session] = db.session  # type: ignore[assignment]

if TYPE_CHECKING:
    Base = _Columns
else:
    Base = db.Model


class Identified:
    """A row with an inner key for joins and a public one for addresses."""

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(default=uuid.uuid4, unique=True)


class Recorded(Identified):
    """An identified row that knows when it was written."""

    created_at: Mapped[datetime] = mapped_column(default=now)


class TransactionalFlask(Flask):
    """One request, one transaction: kept if it succeeded, forgotten if not."""

    def dispatch_request(self) -> Response:
        try:
            response = self.make_response(super().dispatch_request())
            kept = response.status_code < 400 or g.get("keep_changes", False)
            if request.method not in SAFE_METHODS and kept:
                session.commit()
            else:
                session.rollback()
            return response
        except Exception:
            session.rollback()  # so that the error page can still read
            raise


def keep_changes() -> None:
    """Commit this request's changes although it answers with a refusal: the count of wrong passwords, say."""
    g.keep_changes = True


def hold(row: Row) -> Row:
    """Hold a row until the transaction ends and read its present values; what was loaded around it stays loaded."""
    columns = [attribute.key for attribute in inspect(type(row)).column_attrs]
    session.refresh(row, columns, with_for_update=True)
    return row


@contextmanager
def transaction() -> Iterator[None]:
    """One transaction outside a request (a job, a command): committed at the end, rolled back when anything is raised."""
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise


def _connect_sqlite(connection: sqlite3.Connection, record: object) -> None:
    # pysqlite's own transaction handling loses updates silently; ours begins in _begin_sqlite
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    reading = has_request_context() and request.method in SAFE_METHODS
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


class UnreachableError(SettingError, SQLAlchemyError):
    """The database does not answer; the sentence names the setting."""


def _name_unreachable(context: ExceptionContext) -> UnreachableError | None:
    if context.connection is not None or context.is_pre_ping or context.engine is None:
        return None  # it was reached, or will be tried once more
    address = context.engine.url.render_as_string(hide_password=True)
    reason = (str(context.original_exception).strip().splitlines() or [""])[0].rstrip(".")
    return UnreachableError(f"TRILHA_DATABASE_URL names {address}, which does not answer: {reason}.")


def insist_on_connection(engine: Engine) -> None:
    """Raise UnreachableError when the database does not answer. Keeps no connection open."""
    engine.connect().close()
    engine.dispose()


def prepare_engine(engine: Engine) -> None:
    """Give a SQLite engine safe transactions, a PostgreSQL engine lasting plans, and each a sentence for a database that does not answer."""
    event.listen(engine, "handle_error", _name_unreachable)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _connect_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        keep_plans(engine)


def insert_into(model: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT into the model's table that can say what happens on a conflict, as this database writes it."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    return insert(model)
