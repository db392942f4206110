"""File names that can do no harm on any system, and still look like what the person called the file."""

import unicodedata

from core.files.rules import ENDINGS

LONGEST = 120
RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{device}{number}" for device in ("com", "lpt") for number in range(10))})
FORBIDDEN = frozenset('<>:"|?*')


def safe_name(name: str, *, content_type: str) -> str:
    """The last part of the name without path, control or direction-changing characters, with the ending of its content type.

    At most 120 characters; never empty, never a device name.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join("-" if character in FORBIDDEN else character for character in last if _is_harmless(character))
    plain = " ".join(plain.split()).strip(". ")
    stem, ending = _split(plain, content_type)
    stem = _cut(stem, LONGEST - len(ending)).strip(". ") or "file"
    if stem.split(".", 1)[0].strip().lower() in RESERVED:
        stem = f"file-{stem}"
    return stem + ending


def _is_harmless(character: str) -> bool:
    return character == " " or unicodedata.category(character)[0] not in "CZ" or unicodedata.category(character) == "Zs"


def _split(name: str, content_type: str) -> tuple[str, str]:
    endings = ENDINGS.get(content_type, ("",))
    for ending in endings:
        if ending and name.lower().endswith(ending):
            return name[: -len(ending)], ending
    return name, endings[0]


def _cut(stem: str, length: int) -> str:
    return stem[:length].encode()[:200].decode(errors="ignore")
