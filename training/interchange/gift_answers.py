"""The answers between { and } of a GIFT question, in which the signs that a backslash protects are out of sight already. Pure."""

import re
from fractions import Fraction

from core.web.i18n import _
from training.exams.grading import read_number
from training.interchange.questions import ALL, NONE, OTHERWISE, Answer, QuestionKind

_WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d*)?)%")
_ROUNDED = Fraction(1, 10)


class GiftError(ValueError):
    """A question that cannot be read, with the sentence that says why."""


def answers_of(inside: str) -> tuple[QuestionKind, list[Answer]]:
    """Kind and answers of what stands between the braces, without general feedback. Raises GiftError."""
    if not inside:
        return QuestionKind.ESSAY, []
    if inside.startswith("#"):
        return QuestionKind.NUMERIC, _numeric(inside[1:].strip())
    if "~" in inside:
        return _choices(inside)
    if "=" in inside and "->" in inside:
        return QuestionKind.MATCHING, _pairs(inside)
    first, *feedbacks = inside.split("#")
    if first.strip() in ("T", "TRUE", "F", "FALSE"):
        return QuestionKind.TRUE_FALSE, _true_false(first.strip().startswith("T"), feedbacks)
    return QuestionKind.SHORT_TEXT, _short_texts(inside)


def _numeric(inside: str) -> list[Answer]:
    body, _parted, otherwise = inside.partition("~")
    written = [part for part in re.split(r"=", body) if part.strip()] if "=" in body else [body]
    answers = [_number(part.strip()) for part in written if part.strip()]
    if not answers:
        raise GiftError(_("A numeric question needs the right number."))
    if not any(answer.weight == ALL for answer in answers):
        raise GiftError(_("No number is worth everything."))
    if otherwise.strip():
        weight, rest = _weight(otherwise.strip())
        answers.append(Answer(OTHERWISE, weight or NONE, rest.lstrip("#").strip()))
    return answers


def _number(part: str) -> Answer:
    weight, rest = _weight(part)
    told, _parted, feedback = rest.partition("#")
    told = told.strip()
    value, tolerance = _range(told) if ".." in told else _centre(told)
    return Answer(value, ALL if weight is None else weight, feedback.strip(), tolerance)


def _range(told: str) -> tuple[str, str]:
    low, high = (read_number(side.strip()) for side in told.split("..", 1))
    if low is None or high is None or high < low:
        raise GiftError(_("“%(text)s” is no range of numbers.", text=told))
    return format(((low + high) / 2).normalize(), "f"), format(((high - low) / 2).normalize(), "f")


def _centre(told: str) -> tuple[str, str]:
    value, parted, tolerance = told.partition(":")
    number, spread = read_number(value), read_number(tolerance) if parted else read_number("0")
    if number is None or spread is None or spread < 0:
        raise GiftError(_("“%(text)s” is no number with a tolerance.", text=told))
    return format(number.normalize(), "f"), format(spread.normalize(), "f")


def _choices(inside: str) -> tuple[QuestionKind, list[Answer]]:
    if inside[0] not in "=~":
        raise GiftError(_("The answers begin with = or ~, but there is other text before them."))
    parts = re.findall(r"([=~])([^=~]*)", inside)
    kind = QuestionKind.SINGLE if any(sign == "=" for sign, _told in parts) else QuestionKind.MULTIPLE
    answers = []
    for sign, told in parts:
        weight, rest = _weight(told.strip())
        text, _parted, feedback = rest.partition("#")
        if not text.strip():
            raise GiftError(_("An answer is empty."))
        answers.append(Answer(text.strip(), (ALL if sign == "=" else NONE) if weight is None else weight, feedback.strip()))
    if len(answers) < 2:
        raise GiftError(_("At least two answers are needed."))
    if kind is QuestionKind.MULTIPLE:
        _insist_on_hundred(answers)
    elif not any(answer.weight == ALL for answer in answers):
        raise GiftError(_("No answer is worth everything."))
    return kind, answers


def _insist_on_hundred(answers: list[Answer]) -> None:
    total = sum((answer.weight for answer in answers if answer.weight > 0), NONE)
    if abs(total - 100) > _ROUNDED:
        raise GiftError(_("The right answers are worth %(total)s %% together, not 100.", total=f"{float(total):g}"))


def _pairs(inside: str) -> list[Answer]:
    answers = []
    for part in inside.split("=")[1:]:
        left, parted, right = part.partition("->")
        if not parted or not right.strip():
            raise GiftError(_("“%(text)s” has no -> with what belongs to it.", text=part.strip()[:60]))
        answers.append(Answer(left.strip(), ALL, partner=right.strip()))
    if inside.split("=")[0].strip():
        raise GiftError(_("The answers begin with = or ~, but there is other text before them."))
    if len([answer for answer in answers if answer.text]) < 2:
        raise GiftError(_("At least two pairs are needed."))
    return answers


def _true_false(is_true: bool, feedbacks: list[str]) -> list[Answer]:
    if len(feedbacks) > 2:
        raise GiftError(_("True or false has at most two feedbacks: for the wrong answer and for the right one."))
    wrong, right = [*(text.strip() for text in feedbacks), "", ""][:2]
    told = {is_true: (ALL, right), not is_true: (NONE, wrong)}
    return [Answer("TRUE" if value else "FALSE", *told[value]) for value in (True, False)]


def _short_texts(inside: str) -> list[Answer]:
    parts = [part for part in inside.split("=") if part.strip()] if inside.startswith("=") else [inside]
    answers = []
    for part in parts:
        weight, rest = _weight(part.strip())
        text, _parted, feedback = rest.partition("#")
        if not text.strip():
            raise GiftError(_("An answer is empty."))
        answers.append(Answer(text.strip(), ALL if weight is None else weight, feedback.strip()))
    if not any(answer.weight == ALL for answer in answers):
        raise GiftError(_("No answer is worth everything."))
    return answers


def _weight(part: str) -> tuple[Fraction | None, str]:
    """The weight a part begins with, if any, and the rest."""
    found = _WEIGHT.match(part)
    if not found:
        if re.match(r"%[^%]*%", part):
            raise GiftError(_("“%(text)s” is no weight: write it as %%50%% or %%-33.3%%.", text=part[:20]))
        return None, part
    weight = Fraction(found.group(1).rstrip("."))
    if not -100 <= weight <= 100:
        raise GiftError(_("A weight lies between -100 and 100, not at %(weight)s.", weight=found.group(1)))
    return weight, part[found.end() :].strip()
