"""The entries of the main navigation, declared by each package and shown to those who may follow them."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, g

from core.people.models import Person
from core.people.rights import Right
from core.web.access import declared_access


@dataclass(frozen=True)
class NavigationEntry:
    """One entry: a lazy label, the endpoint it leads to, the right it needs, a Bootstrap icon and its section."""

    label: Any
    endpoint: str
    right: Right
    icon: str
    section: Any = ""


def navigation() -> list[NavigationEntry]:
    """The entries the person of this request may follow, in declared order: those whose page they may open as well."""
    person = g.get("person")
    if person is None:
        return []
    entries: list[NavigationEntry] = current_app.extensions["navigation"]
    return [entry for entry in entries if person.may(entry.right) and _opens(person, entry)]


def _opens(person: Person, entry: NavigationEntry) -> bool:
    needed = declared_access(current_app, entry.endpoint) if entry.endpoint in current_app.view_functions else None
    return not isinstance(needed, Right) or person.may(needed)
