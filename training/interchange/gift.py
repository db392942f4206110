"""Reading GIFT, the plain text form of questions, in the order of decisions of Moodle's own reader.

Source of the rules: the format as documented for Moodle, https://docs.moodle.org/en/GIFT_format
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from html import unescape

from core.web.i18n import _
from training.interchange.gift_answers import GiftError, answers_of
from training.interchange.questions import POINTS, Answer, Problem, Question, QuestionKind, Reading
from training.items.models import GAP, BlankForm

_ESCAPED = {"\\": "\ue000", "{": "\ue001", "}": "\ue002", "~": "\ue003", "=": "\ue004", "#": "\ue005", ":": "\ue006", "n": "\ue007"}
_PLAIN = {mark: "\n" if sign == "n" else sign for sign, mark in _ESCAPED.items()}
_FORMATS = ("html", "moodle", "plain", "markdown")
_TAG = re.compile(r"\[tag:((?:\\\]|[^\]])+)\]")
_MISSING = {QuestionKind.SHORT_TEXT: BlankForm.TYPED, QuestionKind.SINGLE: BlankForm.LISTED, QuestionKind.NUMERIC: BlankForm.NUMBER}


def read_gift(text: str) -> Reading:
    """The questions of a GIFT text; each that cannot be read is a problem that names its line. Nothing is dropped in silence."""
    reading = Reading()
    category = ""
    for line, tags, block in _blocks(text):
        told = _category(block)
        if told is not None:
            category = told
            continue
        name = ""
        try:
            name, rest = _name(_escape(block), line)
            question = _question(rest, line=line, name=_text(name), category=category)
            reading.questions.append(_tagged(question, tags))
        except GiftError as error:
            reading.problems.append(Problem(line, _text(name) or _short(block), str(error)))
    return reading


def _blocks(text: str) -> Iterator[tuple[int, tuple[str, ...], str]]:
    """Each block with the line it begins on and the tags of comments before and within it.

    Blocks are parted by empty lines; a line of comment neither parts nor counts.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    began, held, tags = 0, list[str](), list[str]()
    for number, line in enumerate([*lines, ""], start=1):
        if line.lstrip().startswith("//"):
            tags += [found.replace("\\]", "]").strip() for found in _TAG.findall(line)]
            continue
        if line.strip():
            began = began or number
            held.append(line)
            if line.lstrip().startswith("$CATEGORY:"):
                line = ""
        if not line.strip() and held:
            yield began, tuple(tags), "\n".join(held).strip()
            began, held, tags = 0, [], []


def _category(block: str) -> str | None:
    return block.removeprefix("$CATEGORY:").strip() if block.startswith("$CATEGORY:") else None


def _escape(text: str) -> str:
    """The text with what a backslash protects put out of sight, so that what is left of the signs has its meaning."""
    return re.sub(r"\\(.)", lambda found: _ESCAPED.get(found.group(1), found.group(0)), text)


def _text(escaped: str) -> str:
    """The text as a person reads it."""
    return "".join(_PLAIN.get(sign, sign) for sign in escaped).strip()


def _name(block: str, line: int) -> tuple[str, str]:
    if not block.startswith("::"):
        return "", block
    name, parted, rest = block[2:].partition("::")
    if not parted:
        raise GiftError(_("The name begins with :: but does not end with ::."))
    return name, rest.strip()


def _question(rest: str, *, line: int, name: str, category: str) -> Question:
    told, rest = _format(rest)
    opens, closes = rest.find("{"), rest.find("}")
    if opens < 0 and closes < 0:
        return _whole(QuestionKind.DESCRIPTION, _shown(rest, told), line, name, category)
    if opens < 0 or closes < opens:
        raise GiftError(_("A { or } stands alone. The answers are written between both."))
    before, inside, after = rest[:opens], rest[opens + 1 : closes], rest[closes + 1 :]
    if "{" in after or "}" in after or "{" in inside:
        raise GiftError(_("There is more than one pair of { and }. Write \\{ and \\} for signs that belong to the text."))
    inside, general = _general_feedback(inside)
    kind, answers = answers_of(inside.strip())
    text, shown = before, tuple(_read(answer) for answer in answers)
    if after.strip() and kind in _MISSING:  # the missing word: a blank in the middle of the text
        text, form = f"{before}[[1]]{after}", _MISSING[kind]
        kind, shown = QuestionKind.FILL_IN, tuple(replace(answer, blank=1, form=form) for answer in shown)
    elif after.strip():
        text = f"{before.rstrip()} {GAP} {after.strip()}".strip()
    return _whole(kind, _shown(text, told), line, name, category, shown, _shown(general, told))


def _whole(kind: QuestionKind, text: str, line: int, name: str, category: str, answers: tuple[Answer, ...] = (), feedback: str = "") -> Question:
    if not text:
        raise GiftError(_("There is no text of a question."))
    return Question(kind=kind, text=text, line=line, name=name or _short(text), answers=answers, feedback=feedback, category=category)


def _tagged(question: Question, tags: tuple[str, ...]) -> Question:
    told = next((tag.removeprefix(POINTS) for tag in tags if tag.startswith(POINTS)), "")
    points = Fraction(told) if re.fullmatch(r"\d{1,3}(/[1-9]\d{0,2})?", told) else question.points
    return replace(question, tags=tuple(tag for tag in tags if not tag.startswith(POINTS)), points=points)


def _format(rest: str) -> tuple[str, str]:
    found = re.match(r"\[(\w+)\]", rest)
    if found and found.group(1) in _FORMATS:
        return found.group(1), rest[found.end() :].lstrip()
    return "", rest


def _shown(escaped: str, told: str) -> str:
    return _text(escaped) if told != "html" else without_tags(_text(escaped))


def without_tags(markup: str) -> str:
    """The words of a piece of HTML, its paragraphs and breaks as lines."""
    broken = re.sub(r"(?i)<br\s*/?>|</p>|</div>|</li>", "\n", markup)
    bare = unescape(re.sub(r"<[^>]*>", "", broken))
    return "\n".join(line.strip() for line in bare.splitlines() if line.strip())


def _general_feedback(inside: str) -> tuple[str, str]:
    before, parted, general = inside.rpartition("####")
    return (before, general) if parted else (inside, "")


def _read(answer: Answer) -> Answer:
    told, text = _format(answer.text)
    told_of_feedback, feedback = _format(answer.feedback)
    return Answer(_shown(text, told), answer.weight, _shown(feedback, told_of_feedback), answer.tolerance, _text(answer.partner))


def _short(text: str) -> str:
    first = text.strip().splitlines()[0] if text.strip() else ""
    return first if len(first) <= 60 else f"{first[:59]}…"
