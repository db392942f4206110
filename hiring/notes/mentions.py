"""Who is meant by the @names of a text. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from core.people.folding import folded

SIGN = re.compile(r"(?<![\w.@])@(?=\w)")
WORD = re.compile(r"[\w.'’-]+")


@dataclass
class Found:
    """The keys of those who are meant, names that fit nobody, and names that fit several."""

    keys: list[int] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    ambiguous: list[str] = field(default_factory=list)


def handles(people: Iterable[tuple[int, str, str]]) -> dict[str, set[int]]:
    """What each of (key, name, e-mail) answers to: the whole name, the address, the first name. Several may share one."""
    known: dict[str, set[int]] = {}
    for key, name, email in people:
        whole = folded(name)
        for handle in {whole, folded(email), whole.split(" ")[0] if whole else ""} - {""}:
            known.setdefault(handle, set()).add(key)
    return known


def mentioned(text: str, known: Mapping[str, set[int]]) -> Found:
    """Reads every @ that begins a word. The longest name that fits is meant: "@Ana Souza" is not some other Ana."""
    found = Found()
    longest_first = sorted(known, key=len, reverse=True)
    for sign in SIGN.finditer(text):
        rest = folded(text[sign.end() : sign.end() + 200])
        handle = next((one for one in longest_first if rest.startswith(one) and not rest[len(one) : len(one) + 1].isalnum()), None)
        if handle is None:
            word = WORD.match(text, sign.end())
            found.unknown.append(word.group().rstrip(".'’-") if word else "")
        elif len(known[handle]) > 1:
            found.ambiguous.append(handle)
        else:
            key = next(iter(known[handle]))
            if key not in found.keys:
                found.keys.append(key)
    return found
