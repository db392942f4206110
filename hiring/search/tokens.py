"""Our own tokens: what a document is indexed as and what a query asks for, the same on both databases. Pure.

Every token begins with letters that say where it stands (`ce` and `cp`: what the candidate sent, by its English and its
Portuguese stem; `n`: name, address, tags; and so on), and is plain ASCII, so that no database has an opinion about it.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from core.people.folding import folded
from hiring.screening.evidence import stem
from hiring.search.language import Field

WORD = re.compile(r"[^\W_]+")
EVERY = "zall"  # stands in every document: what "not this" is taken from
LONGEST = 40
MOST_WORDS = 6000  # PostgreSQL counts positions no further than 16,383
ZONES = {Field.STAGE: "sg", Field.SOURCE: "so", Field.POSTING: "po", Field.TAG: "tg", Field.STATE: "st"}
NAME, ENGLISH, PORTUGUESE, PAIR = "n", "ce", "cp", "zp"
# accents that Portuguese stems depend on, put back where they were left out: "avaliacoes" is read as "avaliação"
ACCENTS = [
    (re.compile(pattern), accented)
    for pattern, accented in (
        (r"cao$", "ção"), (r"coes$", "ção"), (r"ao$", "ão"), (r"oes$", "ão"), (r"encia(s?)$", r"ência\1"), (r"ancia(s?)$", r"ância\1"),
        (r"avel$", "ável"), (r"ivel$", "ível"), (r"aveis$", "áveis"), (r"iveis$", "íveis"),
    )
]  # fmt: skip


def words(text: str) -> list[str]:
    """The words of a text: letters and digits."""
    return WORD.findall(text)


@lru_cache(maxsize=50_000)
def english(word: str) -> str:
    """The token of a word by its English stem."""
    return ENGLISH + _plain(stem(folded(word), "en"))


@lru_cache(maxsize=50_000)
def portuguese(word: str) -> str:
    """The token of a word by its Portuguese stem, whether or not its accents were typed."""
    bare = folded(word)
    for pattern, accented in ACCENTS:
        changed = pattern.sub(accented, bare)
        if changed != bare:
            bare = changed
            break
    return PORTUGUESE + _plain(stem(bare, "pt_BR"))


def exact(word: str, zone: str) -> str:
    """The token of a word as it is, but for case and accents, in a zone."""
    return zone + _plain(folded(word))


def _plain(word: str) -> str:
    word = word[:LONGEST]
    return word if word.isascii() and word.isalnum() else "u" + word.encode().hex()


def posting_token(posting_key: int) -> str:
    """Stands in every document of a posting, so that the index itself knows who may see it."""
    return f"zk{posting_key}"


def pairs(tokens: Sequence[str]) -> list[str]:
    """One short token for each two that follow one another, so that an index finds phrases: common words are in most documents, few pairs are."""
    return [f"{PAIR}{crc32(f'{one} {other}'.encode()):08x}" for one, other in pairwise(tokens)]


def document(*, posting_key: int, names: Iterable[str], sent: Iterable[str], fields: dict[Field, Iterable[str]]) -> str:
    """The tokens of one application, parted by spaces. Texts are parted by a token of their own, so that no phrase spans two."""
    streams = [[EVERY, posting_token(posting_key)]]
    for field, texts in fields.items():
        streams += [[exact(word, ZONES[field]) for word in words(text)] for text in texts]
    streams += [[exact(word, NAME) for word in words(text)] for text in names]
    read = [words(text) for text in sent]
    left = MOST_WORDS
    found: dict[str, None] = {}
    for one in read:
        taken = one[:left]
        left -= len(taken)
        for stream in ([english(word) for word in taken], [portuguese(word) for word in taken]):
            streams.append(stream)
            found.update(dict.fromkeys(pairs(stream)))
    streams.append(list(found))  # after all that has a place in a phrase: there are no more of them than words
    return " zx ".join(" ".join(stream) for stream in streams if stream)


def readings(asked: tuple[str, ...], field: Field) -> list[list[str]]:
    """The token sequences any one of which answers for these words in the field."""
    if field in ZONES:
        return [[exact(word, ZONES[field]) for word in asked]]
    sent = [[english(word) for word in asked], [portuguese(word) for word in asked]]
    return sent if field is Field.SKILL else [*sent, [exact(word, NAME) for word in asked]]
