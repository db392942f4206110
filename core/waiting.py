"""What waits for a person: the one shape in which every area names it for the home page."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, select

from core.db import session

Name = TypeVar("Name")


@dataclass(frozen=True)
class Waiting:
    """One thing to do. `about` says for whom or what, `kind` groups, `due_on` and `since` order."""

    title: str
    about: str
    url: str
    kind: str
    due_on: date | None = None
    since: datetime | None = None


def which_may_wait(conditions: Mapping[Name, ColumnElement[bool]]) -> set[Name]:
    """The names of the conditions that hold, all asked in one statement: what cannot wait for somebody need not be looked for one by one."""
    row = session.execute(select(*(condition.label(f"may_{place}") for place, condition in enumerate(conditions.values())))).one()
    return {name for name, holds in zip(conditions, row, strict=True) if holds}


def read_waiting(sources: Mapping[str, Callable[[], list[Waiting]]], among: Collection[str] | None) -> list[Waiting]:
    """What the sources say, in their order; with `among` only those of the names."""
    return [thing for name, read in sources.items() if among is None or name in among for thing in read()]
