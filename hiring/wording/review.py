"""Hints on the text of a posting: no salary, walls of text, words that keep people from applying. Pure; it never blocks."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent / "words.toml"
LONG_PARAGRAPH = 80  # words in one go
LONG_SENTENCE = 35
LONG_TEXT = 700
LONG_LIST = 10
SHOUTED = re.compile(r"\b[A-ZÀ-Ý]{3,}(?:[ ,!]+[A-ZÀ-Ý]{2,}){2,}")  # three words in capitals
WIDE_RANGE = 2  # the range ends above this many times its beginning


class Hint(StrEnum):
    """What a remark is about."""

    NO_SALARY = "no_salary"
    WIDE_SALARY = "wide_salary"
    WALL = "wall"
    LONG_SENTENCE = "long_sentence"
    LONG_TEXT = "long_text"
    LONG_LIST = "long_list"
    SHOUTING = "shouting"
    GENDERED = "gendered"
    AGE = "age"
    EXCLUSIVE = "exclusive"
    SLOGAN = "slogan"


@dataclass(frozen=True)
class Remark:
    """One hint: on which field, what was found there, and what one could write instead."""

    hint: Hint
    field: str = ""
    found: str = ""
    instead: str = ""


@dataclass(frozen=True)
class _Entry:
    pattern: re.Pattern[str]
    why: Hint
    instead: str


def review(texts: Mapping[str, str], *, salary_from: int | None, salary_to: int | None, language: str) -> list[Remark]:
    """What could be better in these texts (by field), in the order of reading; each word once."""
    remarks = []
    if salary_from is None and salary_to is None:
        remarks.append(Remark(Hint.NO_SALARY, "salary_from"))
    elif salary_from is not None and salary_to is not None and salary_to > WIDE_RANGE * salary_from:
        remarks.append(Remark(Hint.WIDE_SALARY, "salary_to"))
    seen: set[str] = set()
    for field, written in texts.items():
        text = unicodedata.normalize("NFC", written)
        remarks += _shape(field, text)
        for remark in _words(field, text, language):
            if remark.found.casefold() not in seen:
                seen.add(remark.found.casefold())
                remarks.append(remark)
    if sum(_length(text) for text in texts.values()) > LONG_TEXT:
        remarks.append(Remark(Hint.LONG_TEXT))
    return remarks


def folded(text: str) -> str:
    """The text without case and accents, letter by letter, so that a place in it is the same place in the original."""
    return "".join(unicodedata.normalize("NFD", letter)[0].lower()[:1] for letter in text)


def _words(field: str, text: str, language: str) -> list[Remark]:
    plain, found = folded(text), []
    for entry in _entries(language[:2]):
        for hit in entry.pattern.finditer(plain):
            found.append((hit.start(), Remark(entry.why, field, text[hit.start() : hit.end()], entry.instead)))
    return [remark for _start, remark in sorted(found, key=lambda item: (item[0], -len(item[1].found)))]


def _shape(field: str, text: str) -> list[Remark]:
    remarks = []
    for block in re.split(r"\n\s*\n|\n(?=\s*[-*•])", text):
        if _length(block) > LONG_PARAGRAPH:
            remarks.append(Remark(Hint.WALL, field, _beginning(block)))
            continue
        for sentence in re.split(r"(?<=[.!?;])\s+", block):
            if _length(sentence) > LONG_SENTENCE:
                remarks.append(Remark(Hint.LONG_SENTENCE, field, _beginning(sentence)))
    if len(re.findall(r"^\s*[-*•]\s", text, re.M)) > LONG_LIST:
        remarks.append(Remark(Hint.LONG_LIST, field))
    shouted = SHOUTED.search(text)
    if shouted is not None:
        remarks.append(Remark(Hint.SHOUTING, field, _beginning(shouted.group(0))))
    return remarks


def _length(text: str) -> int:
    return len(text.split())


def _beginning(text: str) -> str:
    words = text.strip().lstrip("-*• ").split()
    return " ".join(words[:6]) + ("…" if len(words) > 6 else "")


@cache
def _entries(language: str) -> tuple[_Entry, ...]:
    listed = tomllib.loads(WORDS.read_text("utf-8")).get(language, [])
    return tuple(_Entry(_pattern(entry["find"]), Hint(entry["why"]), entry["instead"]) for entry in listed)


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    alternatives = []
    for phrase in sorted(phrases, key=len, reverse=True):
        words = r"\s+".join(re.escape(word) for word in folded(phrase.rstrip("*")).split())
        alternatives.append(words + (r"\w*" if phrase.endswith("*") else ""))
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)")
