"""Merge fields of documents to sign: fixed names in double braces, filled in as text and never run as a template. Pure."""

import re
from collections.abc import Mapping

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
_FIELD = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)
_STRAY = re.compile(r"\{+[^{}\n]{0,40}\}*|\}+")  # braces that belong to nothing above: most often a field with one forgotten
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")


def unknown_fields(letter: str) -> list[str]:
    """What stands in braces, even in half of them, and is no merge field; each once."""
    found = [name for name in _FIELD.findall(letter) if name not in FIELDS]
    stray = [piece.strip() for piece in _STRAY.findall(_FIELD.sub("", letter))]
    return list(dict.fromkeys([*found, *stray]))


def used_fields(letter: str) -> list[str]:
    """The merge fields the text uses, each once."""
    return list(dict.fromkeys(name for name in _FIELD.findall(letter) if name in FIELDS))


def fill(letter: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled in. Values are plain text: their Markdown characters are escaped, line breaks become spaces."""
    return _FIELD.sub(lambda match: _MARKDOWN.sub(r"\\\1", " ".join(values[match[1]].split())), letter)
