"""Passages of a résumé that speak for a criterion: found by words, shown to a person, never a verdict."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
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
WORD = re.compile(r"\w+")
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


@dataclass(frozen=True)
class Sought:
    """What a criterion is looked for by: stems, and phrases of stems, each with the word of the criterion it stands for."""

    words: Mapping[str, str]
    phrases: Mapping[tuple[str, ...], str]

    @property
    def meanings(self) -> frozenset[str]:
        """The words of the criterion, each counted once whatever it may be called."""
        return frozenset([*self.words.values(), *self.phrases.values()])


def terms(criterion: str, language: str) -> frozenset[str]:
    """The stems worth looking for in a criterion."""
    return frozenset(stem(word, language) for word in _telling(criterion))


def sought(criterion: str, language: str, synonyms: Sequence[Sequence[str]] = ()) -> Sought:
    """How a criterion is looked for in both languages. `synonyms` are groups of words and phrases that mean the same."""
    words: dict[str, str] = {}
    phrases: dict[tuple[str, ...], str] = {}
    for word in _telling(criterion):
        words.update(dict.fromkeys(_stems(word), fold(word)))
    said = f" {' '.join(stem(word, language) for word in re.findall(WORD, criterion))} "
    for group in synonyms:
        spoken = {tuple(stem(word, language) for word in re.findall(WORD, name)): name for name in group}
        present = next((spoken[roots] for roots in spoken if roots and f" {' '.join(roots)} " in said), None)
        if present is None:
            continue
        parts = _telling(present)
        meaning = words.get(stem(parts[0], language), fold(parts[0])) if parts else fold(present)
        for roots in filter(None, spoken):
            if len(roots) == 1:
                words.setdefault(roots[0], meaning)
            else:
                phrases.setdefault(roots, meaning)
    return Sought(words, phrases)


def passages(text: str, criterion: str, *, language: str, synonyms: Sequence[Sequence[str]] = (), most: int = 3) -> Sequence[Passage]:
    """The lines of the text that hold the most of the criterion's words, best first. `language` is the posting's."""
    wanted = sought(criterion, language, synonyms)
    if not wanted.words:
        return []
    found = []
    for line in _lines(text):
        passage = _mark(line[:400], wanted, language)
        if passage.hits:
            found.append(passage)
    return sorted(found, key=lambda passage: -passage.hits)[:most]


def share_found(text: str, criterion: str, *, language: str, synonyms: Sequence[Sequence[str]] = ()) -> float | None:
    """Which part of the criterion's words stands anywhere in the text, 0 to 1; None where it has no word worth looking for."""
    wanted = sought(criterion, language, synonyms)
    if not wanted.words:
        return None
    found = {meaning for line in _lines(text) for _begins, _ends, meaning in _found_in(line, wanted, language)}
    return len(found) / len(wanted.meanings)


def _lines(text: str) -> Iterator[str]:
    for line in re.split(r"\n+", text):
        if line.strip() and not CONTACT.search(line):
            yield line.strip()


def _telling(text: str) -> list[str]:
    return [word for word in re.findall(WORD, text) if fold(word) not in STOP_WORDS and len(word) > 2 and not word.isdigit()]


@lru_cache(maxsize=50_000)
def _stems(word: str) -> frozenset[str]:
    return frozenset(stem(word, language) for language in STEMMERS)


def _found_in(line: str, wanted: Sought, language: str) -> Iterator[tuple[int, int, str]]:
    words = list(re.finditer(WORD, line))
    roots = [stem(word.group(), language) for word in words] if wanted.phrases else []
    at = 0
    while at < len(words):
        phrase = next((each for each in wanted.phrases if tuple(roots[at : at + len(each)]) == each), None)
        if phrase is not None:
            yield words[at].start(), words[at + len(phrase) - 1].end(), wanted.phrases[phrase]
            at += len(phrase)
            continue
        meaning = next((wanted.words[root] for root in _stems(words[at].group()) if root in wanted.words), None)
        if meaning is not None:
            yield words[at].start(), words[at].end(), meaning
        at += 1


def _mark(line: str, wanted: Sought, language: str) -> Passage:
    parts: list[str] = []
    at, hits = 0, set()
    for begins, ends, meaning in _found_in(line, wanted, language):
        parts += [line[at:begins], line[begins:ends]]
        at = ends
        hits.add(meaning)
    parts.append(line[at:])
    return Passage(tuple(parts), len(hits))
