"""The condition of a search by name."""

from typing import Any

from sqlalchemy import ColumnElement

from core.people.folding import folded
from core.people.models import Person


def name_contains(words: str, person: Any = Person) -> ColumnElement[bool]:
    """The condition that a person's name contains the words, whatever their case and accents."""
    condition: ColumnElement[bool] = person.searchable.contains(folded(words), autoescape=True)
    return condition
