"""Pages of a list: a slice of rows and whether more follow, without counting them all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request
from sqlalchemy import Select

from core.db import session

T = TypeVar("T")
PAGE_SIZE = 50


@dataclass(frozen=True)
class Page(Generic[T]):
    """Rows of one page. `number` counts from 1."""

    rows: Sequence[T]
    number: int
    has_more: bool


def wanted_page() -> int:
    """The page number the request asks for, at least 1."""
    asked = request.args.get("page", "1")
    return max(1, min(int(asked), 100_000)) if asked.isdigit() and len(asked) < 8 else 1


def one_page(query: Select[Any], *, number: int, size: int = PAGE_SIZE) -> Page[Any]:
    """Run an ordered query for one page of scalars; one row more is read to know whether a next page exists."""
    rows = session.scalars(query.limit(size + 1).offset((number - 1) * size)).unique().all()
    return Page(rows[:size], number, len(rows) > size)


def one_page_of(shape: Callable[..., T], query: Select[*tuple[Any, ...]], *, number: int, size: int = PAGE_SIZE) -> Page[T]:
    """Run an ordered query for one page of columns, each row given to `shape`: for lists that show little of what they read."""
    rows = session.execute(query.limit(size + 1).offset((number - 1) * size)).all()
    return Page([shape(*row) for row in rows[:size]], number, len(rows) > size)
