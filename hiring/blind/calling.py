"""What somebody may be called by besides the name they gave: nicknames, initials, other spellings, letters that look alike. Pure."""

import re
from functools import lru_cache
from itertools import accumulate

from core.people.folding import folded
from hiring.blind.words import ENDINGS, LOOK_ALIKES, NICKNAMES, PARTICLES, UMLAUTS

SHORTENED, LEFT = 3, 4  # letters of a name that are left: Rafael, Rafa; Fernanda, Nanda
_LOOK_ALIKES = str.maketrans(LOOK_ALIKES)
_UMLAUTS = str.maketrans(UMLAUTS)


@lru_cache(maxsize=20_000)
def looks_like(word: str) -> str:
    """The word as the eye takes it: without case and accents, Cyrillic and Greek letters as the Latin ones they pass for."""
    return folded(folded(word.translate(_LOOK_ALIKES)).translate(_LOOK_ALIKES))


def _words(name: str) -> list[str]:
    return [word for word in (looks_like(found) for found in re.findall(r"[^\W_]+", name)) if word not in PARTICLES]


def initials_of(name: str) -> str:
    """The first letters of the name's words; none of a name of one word."""
    words = _words(name)
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def spelled_otherwise(name: str) -> set[str]:
    """Words that hold the name in another way: Mueller for Müller, jpsilva, silvajp, joaops."""
    found = set(_words(name.casefold().translate(_UMLAUTS)))
    words = _words(name)
    for place, word in enumerate(words):
        before, after = [each[0] for each in words[:place]], [each[0] for each in words[place + 1 :]]
        for first in range(len(before)):
            found.update(lead + word for lead in accumulate(before[first:]))
            found.update(word + lead for lead in accumulate(before[first:]))
        found.update(word + rest for rest in accumulate(after))
    return {word for word in found if len(word) > SHORTENED}


def called(name: str) -> frozenset[str]:
    """Nicknames of the given names: shortened from either end, with the usual endings, and those that have to be known."""
    words = _words(name)
    found: set[str] = set()
    for given in words[: max(1, len(words) - 1)]:
        found.update(NICKNAMES.get(given, ()))
        if len(given) <= SHORTENED:
            found.update(given.rstrip("aeiou") + ending for ending in ENDINGS)
            continue
        found.update(given[:length] for length in range(SHORTENED, len(given)))
        found.update(given[-length:] for length in range(LEFT, len(given)))
        found.update(given[:SHORTENED] + ending for ending in ("i", "y", "ie"))
        found.update(stem + ending for stem in (given, given.rstrip("aeious"), given[:SHORTENED], given[:LEFT]) for ending in ENDINGS)
    return frozenset(found)
