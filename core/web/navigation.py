"""The entries of the main navigation, declared by each package and shown to those who may follow them."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, g

from core.people.rights import Right


@dataclass(frozen=True)
class NavigationEntry:
    """One entry: a lazy label, the endpoint it leads to, the right it needs, a Bootstrap icon and its section."""

    label: Any
    endpoint: str
    right: Right
    icon: str
    section: Any = ""


def navigation() -> list[NavigationEntry]:
    """The entries the person of this request may follow, in declared order."""
    person = g.get("person")
    if person is None:
        return []
    entries: list[NavigationEntry] = current_app.extensions["navigation"]
    return [entry for entry in entries if person.may(entry.right)]
