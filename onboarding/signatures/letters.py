"""Merge fields of documents to sign: fixed names in double braces, filled in as text and never run as a template. Pure."""

from collections.abc import Mapping

from core.documents import merging
from core.web.i18n import _l

FIELDS = {
    "name": _l("The new hire's name"),
    "position": _l("The job role"),
    "department": _l("The department"),
    "location": _l("The place of work"),
    "contract": _l("The kind of contract"),
    "start_date": _l("The first day"),
    "manager_name": _l("The manager's name"),
    "company": _l("The company's name"),
    "today": _l("The day it is signed"),
    "items": _l("The equipment and access received"),
}


def unknown_fields(letter: str) -> list[str]:
    """What stands in braces, even in half of them, and is no merge field; each once."""
    return merging.unknown_fields(letter, FIELDS)


def used_fields(letter: str) -> list[str]:
    """The merge fields the text uses, each once."""
    return merging.used_fields(letter, FIELDS)


def fill(letter: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled in, as plain text."""
    return merging.fill(letter, values)
