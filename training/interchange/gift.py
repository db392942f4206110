"""Reading and writing GIFT, the plain text form of questions, in the order of decisions of Moodle's own reader.

Source of the rules: the format as documented for Moodle, https://docs.moodle.org/en/GIFT_format
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from html import unescape

from core.web.i18n import _
from training.interchange.gift_answers import GiftError, answers_of
from training.interchange.questions import ALL, NONE, OTHERWISE, Answer, Problem, Question, QuestionKind, Reading

_ESCAPED = {"\\": "\ue000", "{": "\ue001", "}": "\ue002", "~": "\ue003", "=": "\ue004", "#": "\ue005", ":": "\ue006", "n": "\ue007"}
_PLAIN = {mark: "\n" if sign == "n" else sign for sign, mark in _ESCAPED.items()}
_FORMATS = ("html", "moodle", "plain", "markdown")
_BLANK = "_____"
_WITHOUT_ARROWS = (QuestionKind.MATCHING, QuestionKind.SHORT_TEXT)


def read_gift(text: str) -> Reading:
    """The questions of a GIFT text; each that cannot be read is a problem that names its line. Nothing is dropped in silence."""
    reading = Reading()
    category = ""
    for line, block in _blocks(text):
        told = _category(block)
        if told is not None:
            category = told
            continue
        name = ""
        try:
            name, rest = _name(_escape(block), line)
            reading.questions.append(_question(rest, line=line, name=_text(name), category=category))
        except GiftError as error:
            reading.problems.append(Problem(line, _text(name) or _short(block), str(error)))
    return reading


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Each block with the line it begins on: blocks are parted by empty lines; a line of comment neither parts nor counts."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    began, held = 0, list[str]()
    for number, line in enumerate([*lines, ""], start=1):
        if line.lstrip().startswith("//"):
            continue
        if line.strip():
            began = began or number
            held.append(line)
            if line.lstrip().startswith("$CATEGORY:"):
                line = ""
        if not line.strip() and held:
            yield began, "\n".join(held).strip()
            began, held = 0, []


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
    text = f"{before.rstrip()} {_BLANK} {after.strip()}".strip() if after.strip() else before
    inside, general = _general_feedback(inside)
    kind, answers = answers_of(inside.strip())
    shown = tuple(_read(answer) for answer in answers)
    return _whole(kind, _shown(text, told), line, name, category, shown, _shown(general, told))


def _whole(kind: QuestionKind, text: str, line: int, name: str, category: str, answers: tuple[Answer, ...] = (), feedback: str = "") -> Question:
    if not text:
        raise GiftError(_("There is no text of a question."))
    return Question(kind=kind, text=text, line=line, name=name or _short(text), answers=answers, feedback=feedback, category=category)


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


def write_gift(questions: list[Question]) -> str:
    """The questions as a GIFT text. Raises ValueError for a kind GIFT does not know: ask `can_write` first."""
    parts, category = [], ""
    for question in questions:
        if question.category != category:
            category = question.category
            parts.append(f"$CATEGORY: {category}")
        parts.append(_written(question))
    return "\n\n".join(parts) + "\n"


def can_write(question: Question) -> bool:
    """Whether GIFT has a form for the question."""
    arrows = any("->" in text for answer in question.answers for text in (answer.text, answer.partner))  # nothing shelters them
    return question.kind not in (QuestionKind.ORDERING, QuestionKind.OTHER) and not (arrows and question.kind in _WITHOUT_ARROWS)


def _written(question: Question) -> str:
    if not can_write(question):
        raise ValueError(question.kind)
    head = f"::{_sheltered(question.name)}::[markdown]{_sheltered(question.text)}"
    if question.kind is QuestionKind.DESCRIPTION:
        return head
    lines = list(_answer_lines(question))
    general = f"####{_sheltered(question.feedback)}" if question.feedback else ""
    if question.kind in (QuestionKind.TRUE_FALSE, QuestionKind.ESSAY):
        return head + "{" + "".join(lines) + general + "}"
    return head + "{" + ("#" if question.kind is QuestionKind.NUMERIC else "") + "\n" + "\n".join([*lines, general] if general else lines) + "\n}"


def _answer_lines(question: Question) -> Iterator[str]:
    if question.kind is QuestionKind.TRUE_FALSE:
        yield _true_false(question)
        return
    for answer in question.answers:
        feedback = f"#{_sheltered(answer.feedback)}" if answer.feedback else ""
        is_plain = answer.weight in (ALL, NONE) and not answer.text.startswith("%")
        weight = "" if is_plain else f"%{_percent(answer.weight)}%"
        if question.kind is QuestionKind.MATCHING:
            yield f"={_sheltered(answer.text)} -> {_sheltered(answer.partner)}"
        elif question.kind is QuestionKind.NUMERIC:
            yield f"~{weight}{feedback}" if answer.text == OTHERWISE else f"={weight}{answer.text}:{answer.tolerance}{feedback}"
        elif question.kind is QuestionKind.SHORT_TEXT or (question.kind is QuestionKind.SINGLE and answer.weight == ALL):
            yield f"={weight}{_sheltered(answer.text)}{feedback}"
        else:
            always = f"%{_percent(answer.weight)}%" if question.kind is QuestionKind.MULTIPLE else weight
            yield f"~{always}{_sheltered(answer.text)}{feedback}"


def _true_false(question: Question) -> str:
    right = next((answer for answer in question.answers if answer.weight == ALL), None)
    wrong = next((answer for answer in question.answers if answer.weight != ALL), None)
    is_true = right is not None and right.text == "TRUE"
    told = [answer.feedback if answer is not None else "" for answer in (wrong, right)]
    return ("TRUE" if is_true else "FALSE") + (f"#{_sheltered(told[0])}#{_sheltered(told[1])}" if any(told) else "")


def _percent(weight: Fraction) -> str:
    return f"{float(weight):.5f}".rstrip("0").rstrip(".")


def _sheltered(text: str) -> str:
    return re.sub(r"([\\{}~=#:])", r"\\\1", text.strip()).replace("\n", "\\n")
