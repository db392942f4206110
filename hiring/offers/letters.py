"""Merge fields of letters: fixed names in double braces, filled in as text and never run as a template."""

import re
from collections.abc import Mapping

from core.web.i18n import _l

FIELDS = {
    "candidate_name": _l("The candidate's name"),
    "position": _l("The posting's title"),
    "company": _l("The company's name"),
    "department": _l("The department"),
    "location": _l("The place of work"),
    "salary": _l("The monthly salary"),
    "start_date": _l("The first day"),
    "expiry_date": _l("The last day to accept"),
    "manager_name": _l("The manager's name"),
    "benefits": _l("The benefits"),
}
_FIELD = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)
_FORBIDDEN = re.compile(r"\{%|%\}|\{#|#\}")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")


def unknown_fields(letter: str) -> list[str]:
    """What stands in braces in the letter and is no merge field, in order, each once."""
    found = [name for name in _FIELD.findall(letter) if name not in FIELDS]
    return list(dict.fromkeys([*found, *_FORBIDDEN.findall(letter)]))


def unresolved_fields(letter: str, values: Mapping[str, str]) -> list[str]:
    """Merge fields the letter uses for which there is no value."""
    return list(dict.fromkeys(name for name in _FIELD.findall(letter) if not values.get(name)))


def fill(letter: str, values: Mapping[str, str]) -> str:
    """The letter with its fields filled in. Values are plain text: their Markdown characters are escaped, line breaks become spaces."""
    return _FIELD.sub(lambda match: _plain(values[match.group(1)]), letter)


def _plain(value: str) -> str:
    return _MARKDOWN.sub(r"\\\1", " ".join(value.split()))
