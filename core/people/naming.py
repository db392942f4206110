"""The words of people's names: those of rows written past the models, and how one asks for them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, insert

from core.db import session
from core.people.models import PersonWord, rows_of_words

LAST = "\U0010ffff"  # nothing sorts after it


def note_names(named: Iterable[tuple[int, str]]) -> None:
    """Write down the words of names that were inserted past the models: pairs of inner key and name."""
    if rows := [row for key, name in named for row in rows_of_words(key, name)]:
        session.execute(insert(PersonWord), rows)


def begins(prefix: str, words: Any = PersonWord) -> ColumnElement[bool]:
    """The condition that a word of `words` begins with a folded prefix: a stretch of an index."""
    condition: ColumnElement[bool] = (words.word >= prefix) & (words.word < prefix + LAST)
    return condition
