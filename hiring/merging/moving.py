"""What hangs on a candidate moves to another, whichever table it stands in, and back again."""

from collections.abc import Sequence

from sqlalchemy import Column, ColumnElement, Table, UniqueConstraint, and_, select, update

from core.db import db, session
from core.people.models import Person
from hiring.applications.models import Candidate
from hiring.merging.models import Merge

# What belongs to the person and not to what they sent: the trail and its keys stay as written, rights and employment are a colleague's
STAYS = {
    "core_account",
    "core_audit_event",
    "core_employment",
    "core_person_key",
    "core_role_grant",
    "hiring_candidate",
    "hiring_likeness",
    "hiring_likeness_key",
    "hiring_merge",
}
Moved = dict[str, list[int]]


def move_all(*, gone: Candidate, kept: Candidate) -> Moved:
    """Let every row that points at one candidate or their person point at the other. Returns the keys of the rows by column.

    A row the other has already (the same tag) stays where it is.
    """
    moved: Moved = {}
    for target, old, new in (("hiring_candidate", gone.id, kept.id), ("core_person", gone.person_id, kept.person_id)):
        for table, column in _pointing_at(target):
            query = select(table.c.id).where(column == old)
            for doubled in _doubled(table, column, new):
                query = query.where(~doubled)
            if keys := list(session.scalars(query.order_by(table.c.id))):
                session.execute(update(table).where(table.c.id.in_(keys)).values({column.name: new}))
                moved[f"{table.name}.{column.name}"] = keys
    _forget_what_was_loaded()
    return moved


def move_back(moved: Moved, *, gone: Candidate, kept: Candidate) -> None:
    """Let what moved point at where it came from, unless it has gone elsewhere since."""
    for name, keys in moved.items():
        table_name, column_name = name.split(".")
        table = db.metadata.tables[table_name]
        column = table.c[column_name]
        to_person = next(iter(column.foreign_keys)).column.table.name == "core_person"
        old, new = (gone.person_id, kept.person_id) if to_person else (gone.id, kept.id)
        for start in range(0, len(keys), 500):
            some = keys[start : start + 500]
            session.execute(update(table).where(table.c.id.in_(some), column == new).values({column_name: old}))
    _forget_what_was_loaded()


def _forget_what_was_loaded() -> None:
    for thing in session:
        if not isinstance(thing, (Candidate, Merge, Person)):
            session.expire(thing)


def _pointing_at(target: str) -> Sequence[tuple[Table, "Column[int]"]]:
    return [
        (table, column)
        for table in db.metadata.sorted_tables
        if table.name not in STAYS and "id" in table.c
        for column in table.c
        if any(key.column.table.name == target for key in column.foreign_keys)
    ]


def _doubled(table: Table, column: "Column[int]", new: int) -> list[ColumnElement[bool]]:
    """For each thing that may be there once: that the one who is kept has it."""
    found: list[ColumnElement[bool]] = []
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint) and column.name in constraint.columns:
            other = table.alias()
            beside = [other.c[name] == table.c[name] for name in (each.name for each in constraint.columns) if name != column.name]
            found.append(select(other.c.id).where(and_(other.c[column.name] == new, *beside)).exists())
    return found
