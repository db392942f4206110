"""Taking out of a text what tells who wrote it: name, contact, address, age, family, schools. Pure.

What is taken out leaves a mark that says what kind of thing stood there, so that a reader knows that something was there. It errs on
the side of hiding: a word too many is a nuisance, a name too many is a broken promise.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from itertools import combinations

from hiring.blind.calling import called, initials_of, looks_like, spelled_otherwise
from hiring.blind.words import PARTICLES, PERSONAL_LABELS, SCHOOLS_AFTER, SCHOOLS_BEFORE, SCHOOLS_NAMED, STREETS, STREETS_AFTER

NAME, CONTACT, LINK, ADDRESS, PERSONAL, SCHOOL = "name", "contact", "link", "address", "personal", "school"
JOINED_AT_MOST = 12  # words of a name, as in the name of a file
OTHER_NAMES = 4  # on a line of its own, beside the words that were given
_EMAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]{1,64}\s?(?:@|\(at\)|\[at\]|\sat\s)\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", re.I)
_LINK = re.compile(
    r"\b(?:https?://|www\.)\S+|\b[\w.-]{0,40}(?:linkedin|github|gitlab|lattes|behance|medium|facebook|instagram|orcid|researchgate|twitter|x)\.(?:com|org|net|br|io|cnpq\.br)(?:\.br)?(?:/\S*)?"
    r"|(?<![\w@])@[A-Za-z_][\w.]{2,}"
    r"|\b[\w-]{1,60}\.(?:com|net|org|dev|io|me|adv|eng)(?:\.br)?/\S+",
    re.I,
)
_NUMBER = re.compile(r"(?<![\w.,/-])(?:\+\s?\d|\(\s?\d|\d)(?:[\s().\-/]{0,2}\d){7,}(?![\w])")
_YEARS = re.compile(r"^\D*(?:(?:0?[1-9]|[12]\d|3[01])[\s./-]){0,2}(?:19|20)\d\d(?:\s?[-–/a]+\s?(?:(?:0?[1-9]|1[0-2])[\s./-])?(?:19|20)\d\d)?\D*$")
_AMOUNT = re.compile(r"^\d{1,3}(?:[.,]\d{3})+$")
_POSTCODE = re.compile(r"\b\d{5}-\d{3}\b|\bCEP:?\s*\d{5}-?\d{3}\b", re.I)
_STREET = re.compile(
    rf"(?<!\w)(?:{'|'.join(STREETS)})\s+(?:(?:da|das|de|do|dos)\s+)?[A-ZÀ-Ý0-9][^\n;|]{{2,80}}"
    rf"|\b\d{{1,5}}\s+(?:[A-Z][\w'.]+\s+){{1,4}}(?:{'|'.join(STREETS_AFTER)})\b[^\n;|]{{0,60}}"
)
_LABELLED = re.compile(rf"^[ \t•*-]*(?:{'|'.join(PERSONAL_LABELS)})\b\s*[:\-–][^\n]*$", re.I | re.M)
_AGE = (
    r"(?<![\d.,])\b(?:1[6-9]|[2-7]\d)\s+"
    r"(?:anos(?!\s+(?:de|como|em|na|no|nas|nos|atuando|trabalhando|desenvolvendo|liderando|gerindo)\b)(?=\s*(?:[,.;|)\n]|$|de idade))|years?\s+old\b)"
)
_PERSONAL = re.compile(
    r"\b(?:brasileir[oa]|portugu[êe]s|portuguesa|american[oa]?)\s*,\s*(?:solteir[oa]|casad[oa]|divorciad[oa]|vi[úu]v[oa]|\d\d anos)[^\n.;]*"
    r"|\b(?:solteir[oa]|casad[oa]|divorciad[oa]|vi[úu]v[oa])\b(?:\s*,?\s*(?:com\s+)?(?:sem\s+)?(?:\d+\s+)?filh[oa]s?)?"
    rf"|{_AGE}"
    r"|\b(?:nascid[oa]|born)\s+(?:em|on|in)\s+[^\n,;.]{2,40}"
    r"|\((?:she|he|they|ela|ele|elu)\s*/\s*\w+\)|\b(?:she/her|he/him|they/them|ela/dela|ele/dele|elu/delu)\b"
    r"|\b(?:m[ãa]e|pai) de \w+(?: filh[oa]s)?\b|\b(?:mother|father) of \w+\b",
    re.I,
)
_WORDS = r"[A-ZÀ-Ý][\w'’À-ÿ.-]{0,40}"
_JOINED = rf"{_WORDS}(?:[ \t]+(?:(?:de|da|do|das|dos|e|of|and|the|for|&)[ \t]+)*{_WORDS}){{0,6}}"
_SCHOOL = re.compile(
    rf"\b(?:{'|'.join(SCHOOLS_BEFORE)}|UNI[A-Z]{{2,}})(?:[ \t]+(?:(?:de|da|do|das|dos|e)[ \t]+)*{_JOINED})?"
    rf"|\b(?:{'|'.join(SCHOOLS_AFTER)})\s+(?:of|for)\s+{_JOINED}"
    rf"|(?:{_WORDS}[ \t]+){{1,4}}(?:{'|'.join(SCHOOLS_AFTER)})\b(?:[ \t]+(?:of|for|at)[ \t]+{_JOINED})?"
    rf"|\b(?:{'|'.join(SCHOOLS_NAMED)})\b"
)
_FILE_NAME = re.compile(r"[^\n]{1,150}\.[A-Za-z]{2,5}")
_INITIALS = r"(?:[^\W\d_](?:\.[ \t]?-?|[ \t-]?)){1,5}"
_ALL_INITIALS = re.compile(r"(?<![\w.])(?:[^\W\d_]\.[ \t]?){2,6}(?!\w)|(?<![\w.])[A-ZÀ-Ý]{3,6}(?![\w.])")
_LETTERS = re.compile(r"(?<!\w)[^\W\d_](?:[ \t\xa0]{1,3}[^\W\d_](?!\w)){2,}")  # A N A   S O U Z A


def redact(text: str, *, name: str = "", email: str = "", phone: str = "", word: Callable[[str], str] = str) -> str:
    """The text without what tells who the candidate is.

    `name`, `email` and `phone` are the candidate's own: every word of the name goes wherever it stands, whatever its case and accents.
    `word` gives the text of each mark from its kind (`name`, `contact`, `link`, `address`, `personal`, `school`).
    """

    def mark(kind: str) -> Callable[[re.Match[str]], str]:
        return lambda _match: f"[{word(kind)}]"

    def number(match: re.Match[str]) -> str:
        found = match.group().strip()
        return match.group() if _YEARS.match(found) or _AMOUNT.match(found) else f"[{word(CONTACT)}]"

    text = _composed(text)
    text = _EMAIL.sub(mark(CONTACT), text)
    text = _LINK.sub(mark(LINK), text)
    text = _LABELLED.sub(mark(PERSONAL), text)
    text = _POSTCODE.sub(mark(ADDRESS), _STREET.sub(mark(ADDRESS), text))
    text = _NUMBER.sub(number, text)
    text = _PERSONAL.sub(mark(PERSONAL), text)
    text = _SCHOOL.sub(mark(SCHOOL), text)
    hidden = _own_words([name, email.partition("@")[0], phone])
    named = f"[{word(NAME)}]"
    text = _LETTERS.sub(lambda match: named if _spells(match.group(), hidden) else match.group(), text)
    nicknames, lower = called(name), _FILE_NAME.fullmatch(text.strip()) is not None

    def tells(each: str) -> bool:
        like = looks_like(each)
        return like in hidden or (like in nicknames and (lower or (each[0].isupper() and not each.isupper())))

    text = re.sub(r"[^\W_]+", lambda match: named if tells(match.group()) else match.group(), text)
    text = _without_initials(text, initials_of(name), named)
    text = "\n".join(named if _only_a_name(line, named) else line for line in text.split("\n"))
    spaced = re.escape(named)
    return re.sub(rf"{spaced}(?:[ \t]+(?:(?:{'|'.join(sorted(PARTICLES))})[ \t]+)*{spaced})+", named, text, flags=re.I)


def _composed(text: str) -> str:
    """The text with each accent on its letter, as a PDF may not have it, and without what one does not see."""
    return "".join(each for each in unicodedata.normalize("NFC", text) if unicodedata.category(each) != "Cf")


def _without_initials(text: str, initials: str, named: str) -> str:
    """The text without the initials beside a name, and without all of them where they stand alone: J. P. [name], [name], J.P., J.P.S."""
    if not initials:
        return text

    def own(letters: str) -> bool:
        found = "".join(looks_like(each) for each in letters if each.isalpha())
        shown = "." in letters or letters.strip(" \t-").replace("-", "").isupper()
        return shown and bool(found) and all(each in initials for each in found)

    def alone(match: re.Match[str]) -> str:
        found = "".join(looks_like(each) for each in match.group() if each.isalpha())
        rest = iter(initials)
        in_order = all(each in rest for each in found)
        whole = found == initials or ("." in match.group() and in_order)
        return named + _blank_after(match.group()) if whole else match.group()

    mark = re.escape(named)
    text = re.sub(rf"(?<![\w.])({_INITIALS})(?={mark})", lambda match: f"{named} " if own(match[1]) else match[1], text)
    text = re.sub(rf"({mark},?[ \t]*)({_INITIALS})(?!\w)", lambda match: named + _blank_after(match[2]) if own(match[2]) else match.group(), text)
    return _ALL_INITIALS.sub(alone, text)


def _blank_after(text: str) -> str:
    return text[len(text.rstrip()) :]


def _spells(letters: str, hidden: frozenset[str]) -> bool:
    spelt = looks_like("".join(letters.split()))
    return spelt in hidden or any(part in spelt for part in hidden if len(part) > 2)


def _only_a_name(line: str, named: str) -> bool:
    """Whether the line is nothing but a name: two of its words or more, and perhaps some that were not given."""
    parts = line.split()
    others = [part for part in parts if part != named]
    return (
        bool(others)
        and len(others) <= OTHER_NAMES
        and len(parts) - len(others) > 1
        and all(part in PARTICLES or (part[0].isupper() and part.replace("-", "").replace("'", "").isalpha()) for part in others)
    )


def _own_words(texts: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for text in texts:
        parts = [looks_like(part) for part in re.findall(r"[^\W_]+", _composed(text))]
        found.update(parts, ["".join(parts[:1] + parts[-1:])], spelled_otherwise(text))
        found |= {
            "".join(parts[first:last]) for first, last in combinations(range(min(len(parts), JOINED_AT_MOST) + 1), 2) if parts[first] not in PARTICLES
        }
    return frozenset(part for part in found if len(part) > 1 and part not in PARTICLES)
