"""What holds for every table."""

from sqlalchemy import CheckConstraint

import wsgi  # noqa: F401  (declares every table)
from core.db import db
from tests.architecture.source import ORDER

PROTECTED = {"core_person", "core_file"}


def test_tables_are_named_after_their_package_and_a_noun() -> None:
    wrong = [name for name in db.metadata.tables if name.split("_")[0] not in ORDER]
    assert not wrong


def test_files_and_persons_never_cascade_away() -> None:
    wrong = [
        str(key.parent)
        for table in db.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name in PROTECTED and (key.ondelete or "").upper() in ("CASCADE", "SET NULL")
    ]
    assert not wrong


def test_every_foreign_key_has_an_index() -> None:
    wrong = []
    for table in db.metadata.tables.values():
        first = {next(iter(index.columns)).name for index in table.indexes if index.columns} | {next(iter(table.primary_key.columns)).name}
        first |= {next(iter(c.columns)).name for c in table.constraints if type(c).__name__ == "UniqueConstraint" and c.columns}
        wrong += [f"{table.name}.{key.parent.name}" for key in table.foreign_keys if key.parent.name not in first]
    assert not wrong


def test_every_check_has_a_name_of_its_own() -> None:
    for table in db.metadata.tables.values():
        names = [str(constraint.name) for constraint in table.constraints if isinstance(constraint, CheckConstraint)]
        assert len(names) == len(set(names)), table.name
        assert all(name.startswith("ck_") for name in names), names
