"""Merge fields of documents: fixed names in double braces, filled in as text and never run as a template. Pure."""

import re
from collections.abc import Collection, Mapping

_FIELD = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)
_STRAY = re.compile(r"\{+[^{}\n]{0,40}\}*|\}+")  # braces that belong to nothing above: most often a field with one forgotten
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")


def unknown_fields(text: str, fields: Collection[str]) -> list[str]:
    """What stands in braces, even in half of them, and is none of the fields; each once."""
    found = [name for name in _FIELD.findall(text) if name not in fields]
    stray = [piece.strip() for piece in _STRAY.findall(_FIELD.sub("", text))]
    return list(dict.fromkeys([*found, *stray]))


def used_fields(text: str, fields: Collection[str]) -> list[str]:
    """The fields the text uses, each once."""
    return list(dict.fromkeys(name for name in _FIELD.findall(text) if name in fields))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled in. Values are plain text: their Markdown characters are escaped, line breaks become spaces."""
    return _FIELD.sub(lambda match: _MARKDOWN.sub(r"\\\1", " ".join(values[match[1]].split())), text)
