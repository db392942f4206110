"""Codes people type to check a document, and the QR pictures that spare them the typing."""

import re
import secrets
from collections.abc import Iterator

import segno

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
GROUPS = 4
GROUP = 4
PRINTED = re.compile(rf"(?<![0-9A-Z-])[{ALPHABET}]{{{GROUP}}}(?:-[{ALPHABET}]{{{GROUP}}}){{{GROUPS - 1}}}(?![0-9A-Z-])")
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """A fresh code such as `7Q4M-0ZKX-W3NT-98HD`: 80 random bits."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(GROUPS * GROUP))
    return "-".join(drawn[start : start + GROUP] for start in range(0, len(drawn), GROUP))


def read_code(typed: str) -> str | None:
    """The code a person meant, forgiving case, spaces, dashes and look-alikes; None when it cannot be one."""
    plain = "".join(character for character in typed.upper()[:60] if character.isalnum()).translate(MISREAD)
    if len(plain) != GROUPS * GROUP or any(character not in ALPHABET for character in plain):
        return None
    return "-".join(plain[start : start + GROUP] for start in range(0, len(plain), GROUP))


def printed_codes(text: str) -> Iterator[str]:
    """Each code that stands in a text as we print them, once, in the order of the text."""
    return iter(dict.fromkeys(PRINTED.findall(text)))


def qr_svg(text: str, *, dark: str = "#14213d") -> str:
    """A QR picture of the text, as a `data:` address for an `img`; no quiet zone, the page has white around it."""
    picture = segno.make(text, error="m", micro=False)
    return str(picture.svg_data_uri(border=0, dark=dark, omitsize=True, xmldecl=False, svgclass=None, lineclass=None))
