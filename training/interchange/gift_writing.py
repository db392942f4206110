"""Writing GIFT. What it has no form for stands in the file as a comment, so that nothing is dropped in silence."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from core.web.i18n import _
from training.interchange.questions import ALL, NONE, OTHERWISE, POINTS, Question, QuestionKind
from training.items.models import BLANK, BlankForm

_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]")
_WITHOUT_ARROWS = (QuestionKind.MATCHING, QuestionKind.SHORT_TEXT, QuestionKind.FILL_IN)
_FILLED = {BlankForm.TYPED: QuestionKind.SHORT_TEXT, BlankForm.LISTED: QuestionKind.SINGLE, BlankForm.NUMBER: QuestionKind.NUMERIC}


def write_gift(questions: list[Question]) -> str:
    """The questions as a GIFT text."""
    parts, category = [], ""
    for question in questions:
        if not can_write(question):
            parts.append(_comment(_("Not in this file, for GIFT has no form for it: %(name)s", name=question.name)))
            continue
        if question.category != category:
            category = question.category
            parts.append(f"$CATEGORY: {category}")
        parts.append("\n".join([*_comments(question), _written(question)]))
    return "\n\n".join(parts) + "\n"


def can_write(question: Question) -> bool:
    """Whether GIFT has a form for the question."""
    if question.kind is QuestionKind.FILL_IN and not _is_missing_word(question):
        return False
    arrows = any("->" in text for answer in question.answers for text in (answer.text, answer.partner))  # nothing shelters them
    return question.kind not in (QuestionKind.ORDERING, QuestionKind.OTHER) and not (arrows and question.kind in _WITHOUT_ARROWS)


def _is_missing_word(question: Question) -> bool:
    """One blank in the middle of a text, and wrong answers where it is a list."""
    pieces = BLANK.split(question.text)
    is_list_of_right_ones = all(answer.form is BlankForm.LISTED and answer.weight == ALL for answer in question.answers)
    return len(pieces) == 3 and bool(pieces[2].strip()) and not is_list_of_right_ones


def _comments(question: Question) -> Iterator[str]:
    tags = [*question.tags, *([f"{POINTS}{question.points}"] if question.points != 1 else [])]
    if tags:
        yield "// " + " ".join("[tag:" + tag.replace("]", "\\]").replace("\n", " ") + "]" for tag in tags)
    if question.picture or question.sound:
        yield _comment(_("Its picture or sound is not in this file. Moodle XML takes it along."))
    if question.kind is QuestionKind.MATCHING and any(answer.feedback for answer in question.answers):
        yield _comment(_("The feedback to its pairs is not in this file. Moodle XML takes it along."))


def _comment(text: str) -> str:
    return "// " + text.replace("\n", " ").replace("[tag:", "(tag:")


def _written(question: Question) -> str:
    if question.kind is QuestionKind.FILL_IN:
        before, _number, after = BLANK.split(question.text)
        kind = _FILLED[question.answers[0].form]
        return f"::{_sheltered(question.name)}::[markdown]{_inner(before)}{_braces(replace(question, kind=kind))}{_inner(after)}"
    head = f"::{_sheltered(question.name)}::[markdown]{_sheltered(question.text)}"
    if question.kind is QuestionKind.DESCRIPTION:
        return head
    return head + _braces(question)


def _braces(question: Question) -> str:
    lines = list(_answer_lines(question))
    general = f"####{_sheltered(question.feedback)}" if question.feedback else ""
    if question.kind in (QuestionKind.TRUE_FALSE, QuestionKind.ESSAY):
        return "{" + "".join(lines) + general + "}"
    return "{" + ("#" if question.kind is QuestionKind.NUMERIC else "") + "\n" + "\n".join([*lines, general] if general else lines) + "\n}"


def _answer_lines(question: Question) -> Iterator[str]:
    if question.kind is QuestionKind.TRUE_FALSE:
        yield _true_false(question)
        return
    for answer in question.answers:
        feedback = f"#{_told(answer.feedback)}" if answer.feedback else ""
        is_told = answer.weight != ALL or answer.text.startswith("%")
        weight = f"%{_percent(answer.weight)}%" if is_told else ""
        if question.kind is QuestionKind.MATCHING:
            yield f"={_told(answer.text)} -> {_sheltered(answer.partner)}"
        elif question.kind is QuestionKind.NUMERIC:
            yield f"~{weight}{feedback}" if answer.text == OTHERWISE else f"={weight}{answer.text}:{answer.tolerance}{feedback}"
        elif question.kind is QuestionKind.SHORT_TEXT or (question.kind is QuestionKind.SINGLE and answer.weight == ALL):
            yield f"={weight}{_told(answer.text)}{feedback}"
        else:
            is_plain = answer.weight == NONE and question.kind is QuestionKind.SINGLE and not answer.text.startswith("%")
            always = "" if is_plain else f"%{_percent(answer.weight)}%"
            yield f"~{always}{_told(answer.text)}{feedback}"


def _true_false(question: Question) -> str:
    right = next((answer for answer in question.answers if answer.weight == ALL), None)
    wrong = next((answer for answer in question.answers if answer.weight != ALL), None)
    is_true = right is not None and right.text == "TRUE"
    told = [answer.feedback if answer is not None else "" for answer in (wrong, right)]
    return ("TRUE" if is_true else "FALSE") + (f"#{_sheltered(told[0])}#{_sheltered(told[1])}" if any(told) else "")


def _percent(weight: Fraction) -> str:
    return f"{float(weight):.5f}".rstrip("0").rstrip(".")


def _told(text: str) -> str:
    """The text of an answer; one that looks as if it began with a format is given one."""
    return ("[markdown]" if _FORMAT.match(text.strip()) else "") + _sheltered(text)


def _sheltered(text: str) -> str:
    return _inner(text.strip())


def _inner(text: str) -> str:
    return re.sub(r"([\\{}~=#:])", r"\\\1", text).replace("\n", "\\n")
