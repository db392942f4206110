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
    "bonus": _l("The bonus"),
    "probation": _l("The days of probation"),
}
_FIELD = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)
_CONDITION = re.compile(r"\{\{\s*(if|unless)\s+(" + "|".join(FIELDS) + r")\s*\}\}((?:(?!\{\{\s*(?:if|unless)\s).)*?)\{\{\s*end\s*\}\}", re.DOTALL)
_STRAY = re.compile(r"\{+[^{}\n]{0,40}\}*|\}+")  # braces that belong to nothing above: most often a field with one forgotten
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")


def unknown_fields(letter: str) -> list[str]:
    """What stands in braces in the letter, even in half of them, and is neither merge field nor condition; each once."""
    plain = _CONDITION.sub(r"\3", letter)
    found = [name for name in _FIELD.findall(plain) if name not in FIELDS]
    stray = [piece.strip() for piece in _STRAY.findall(_FIELD.sub("", plain))]
    return list(dict.fromkeys([*found, *stray]))


def unresolved_fields(letter: str, values: Mapping[str, str]) -> list[str]:
    """Merge fields the letter uses for which there is no value. What stands in a paragraph that is left out is not used."""
    return list(dict.fromkeys(name for name in _FIELD.findall(choose(letter, values)) if not values.get(name)))


def choose(letter: str, values: Mapping[str, str]) -> str:
    """The letter without the paragraphs whose condition does not hold: `{{if bonus}} … {{end}}` and `{{unless bonus}} … {{end}}`."""
    return _CONDITION.sub(lambda match: match[3] if bool(values.get(match[2])) == (match[1] == "if") else "", letter)


def fill(letter: str, values: Mapping[str, str]) -> str:
    """The letter with its conditions decided and its fields filled in.

    Values are plain text: their Markdown characters are escaped, line breaks become spaces.
    """
    letter = choose(letter, values)
    return _FIELD.sub(lambda match: _plain(values[match.group(1)]), letter)


def _plain(value: str) -> str:
    return _MARKDOWN.sub(r"\\\1", " ".join(value.split()))
