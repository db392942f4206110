"""Passages of a résumé that speak for a criterion: found by words, shown to a person, never a verdict."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import snowballstemmer

STOP_WORDS = frozenset(
    [
        "a",
        "o",
        "as",
        "os",
        "um",
        "uma",
        "de",
        "da",
        "do",
        "das",
        "dos",
        "e",
        "ou",
        "em",
        "no",
        "na",
        "nos",
        "nas",
        "para",
        "por",
        "com",
        "sem",
        "que",
        "se",
        "ao",
        "aos",
        "mais",
        "anos",
        "ano",
        "meses",
        "experiencia",
        "area",
        "como",
        "ter",
        "the",
        "an",
        "and",
        "or",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "with",
        "without",
        "that",
        "is",
        "be",
        "as",
        "by",
        "from",
        "years",
        "year",
        "months",
        "experience",
        "least",
        "minimum",
        "minimo",
    ]
)
CONTACT = re.compile(r"@|\bhttps?://|\bwww\.|\+?\(?\d{2,3}\)?[\s.-]*\d{4,5}[\s.-]?\d{4}\b")  # an address or a telephone speaks for nothing
STEMMERS = {"pt_BR": snowballstemmer.stemmer("portuguese"), "en": snowballstemmer.stemmer("english")}
_one_at_a_time = Lock()  # a stemmer keeps the word it works on in itself


@dataclass(frozen=True)
class Passage:
    """A stretch of text; `parts` alternates plain and matching pieces, beginning with a plain one."""

    parts: tuple[str, ...]
    hits: int


def fold(text: str) -> str:
    """Text in lower case without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    """A word without its inflection, folded, so that `carteiras` meets `carteira`."""
    with _one_at_a_time:
        root: str = STEMMERS[language].stemWord(word.casefold())
    return fold(root)


def terms(criterion: str, language: str) -> frozenset[str]:
    """The stems worth looking for in a criterion."""
    words = re.findall(r"\w+", criterion)
    return frozenset(stem(word, language) for word in words if fold(word) not in STOP_WORDS and len(word) > 2 and not word.isdigit())


def passages(text: str, criterion: str, *, language: str, most: int = 3) -> Sequence[Passage]:
    """The lines of the text that hold the most of the criterion's words, best first. `language` is the posting's."""
    wanted = terms(criterion, language)
    if not wanted:
        return []
    found = []
    for line in re.split(r"\n+", text):
        line = line.strip()
        if line and not CONTACT.search(line):
            passage = _mark(line[:400], wanted, language)
            if passage.hits:
                found.append(passage)
    return sorted(found, key=lambda passage: -passage.hits)[:most]


def _mark(line: str, wanted: frozenset[str], language: str) -> Passage:
    parts: list[str] = []
    at, hits = 0, set()
    for word in re.finditer(r"\w+", line):
        root = stem(word.group(), language)
        if root in wanted:
            parts += [line[at : word.start()], word.group()]
            at = word.end()
            hits.add(root)
    parts.append(line[at:])
    return Passage(tuple(parts), len(hits))
