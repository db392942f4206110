"""Whether what somebody typed is what was asked for: case, accents, spaces and punctuation aside. Pure."""

import re
import unicodedata

LONGEST_TEXT = 500
ANYTHING = "*"  # in what is accepted: whatever stands there
_DROPPED = frozenset("'’‘´`\u00ad\u200b")
_PARTING = frozenset('.,;:!?¡¿"…·/\\')
_CATEGORIES = frozenset({"Pd", "Ps", "Pe", "Pi", "Pf", "Pc"})
_STAR = "\ue000"


def normal(text: str, *, case_matters: bool = False, accents_matter: bool = False) -> str:
    """The text with everything taken out that makes no difference. A sign before a figure and signs such as % or # do."""
    plain = unicodedata.normalize("NFKD", text)
    if not accents_matter:
        plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = unicodedata.normalize("NFC", plain)
    if not case_matters:
        plain = unicodedata.normalize("NFC", plain.casefold())
    plain = re.sub(r"(?<!\S)[-\u2212](?=\d)", "\ue001", plain)
    kept = "".join(_sign(sign) for sign in plain)
    return " ".join(kept.replace("\ue001", "-").split()) or " ".join(plain.split())


def _sign(sign: str) -> str:
    if sign in _DROPPED:
        return ""
    return " " if sign in _PARTING or unicodedata.category(sign) in _CATEGORIES else sign


def is_meant(accepted: str, typed: str, *, case_matters: bool = False, accents_matter: bool = False) -> bool:
    """Whether the text is the one that is accepted, in which * stands for anything and \\* for a star."""
    parts = [
        normal(part.replace(_STAR, ANYTHING), case_matters=case_matters, accents_matter=accents_matter)
        for part in accepted.replace("\\*", _STAR).split(ANYTHING)
    ]
    text = normal(typed[:LONGEST_TEXT], case_matters=case_matters, accents_matter=accents_matter)
    if len(parts) == 1:
        return text == parts[0] and bool(text)
    return bool(text) and _holds_in_order(text, parts)


def _holds_in_order(text: str, parts: list[str]) -> bool:
    first, *middle, last = parts
    if not text.startswith(first) or not text.endswith(last) or len(text) < len(first) + len(last):
        return False
    place, end = len(first), len(text) - len(last)
    for part in middle:
        found = text.find(part, place, end)
        if found < 0:
            return False
        place = found + len(part)
    return True
