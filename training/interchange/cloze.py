"""Texts with blanks in Moodle's own writing, such as `{1:SHORTANSWER:=Coaf#Yes~%50%UIF}`, and those that choose from lists.

Source of the rules: https://docs.moodle.org/en/Embedded_Answers_(Cloze)_question_type
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from core.web.i18n import _
from training.exams.grading import read_number
from training.interchange.moodle_parts import MoodleError
from training.interchange.questions import ALL, NONE, OTHERWISE, Answer, Question, QuestionKind
from training.interchange.xml_tree import Element
from training.items.models import BLANK, BlankForm

_BEGIN = re.compile(r"\{(\d*):([A-Z_]+):", re.IGNORECASE)
_TYPED = frozenset({"SHORTANSWER", "SA", "MW"})
_TYPED_BY_CASE = frozenset({"SHORTANSWER_C", "SAC", "MWC"})
_NUMBER = frozenset({"NUMERICAL", "NM"})
_LISTED = re.compile(r"(MULTICHOICE(_[VHS]{1,2})?|MC[VHS]{0,2})$")
_SEVERAL = re.compile(r"MULTIRESPONSE|MR[HS]*$")
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d*)?)%")
_WRITTEN = {BlankForm.TYPED: "SHORTANSWER", BlankForm.LISTED: "MULTICHOICE", BlankForm.NUMBER: "NUMERICAL"}


@dataclass(frozen=True)
class _Blank:
    kind: str
    worth: int
    answers: tuple[str, ...]


def cloze_question(_element: Element, question: Question) -> Question:
    """The question with its blanks. Raises MoodleError for what is no cloze; one with several answers in a blank stays of another kind."""
    pieces = list(_pieces(question.text))
    blanks = [piece for piece in pieces if isinstance(piece, _Blank)]
    if not blanks:
        raise MoodleError(_("There is no blank in the text."))
    if any(_SEVERAL.match(blank.kind) for blank in blanks):
        return replace(question, kind=QuestionKind.OTHER, told_kind=_("cloze with several answers in one blank"))
    text, answers = "", list[Answer]()
    for piece in pieces:
        if isinstance(piece, str):
            text += piece
        else:
            number = 1 + max((answer.blank for answer in answers), default=0)
            text += f"[[{number}]]"
            answers += _answers(piece, number)
    by_case = any(blank.kind in _TYPED_BY_CASE for blank in blanks)
    return replace(question, kind=QuestionKind.FILL_IN, told_kind="", text=text.strip(), answers=tuple(answers), case_sensitive=by_case)


def _pieces(text: str) -> Iterator[str | _Blank]:
    place = 0
    while found := _BEGIN.search(text, place):
        yield text[place : found.start()]
        end = _end_of(text, found.end())
        body = text[found.end() : end]
        yield _Blank(found.group(2).upper(), int(found.group(1) or 1) or 1, tuple(_split(body, "~")))
        place = end + 1
    yield text[place:]


def _end_of(text: str, place: int) -> int:
    while place < len(text):
        if text[place] == "\\":
            place += 1
        elif text[place] == "}":
            return place
        place += 1
    raise MoodleError(_("A blank begins with { and does not end with }."))


def _split(text: str, sign: str) -> list[str]:
    """The parts between signs that no backslash protects; the backslashes stay."""
    return re.findall(rf"(?:^|{sign})((?:\\.|[^\\{sign}]|\\$)*)", text, re.DOTALL)


def _answers(blank: _Blank, number: int) -> list[Answer]:
    if blank.kind in _TYPED | _TYPED_BY_CASE:
        form = BlankForm.TYPED
    elif blank.kind in _NUMBER:
        form = BlankForm.NUMBER
    elif _LISTED.match(blank.kind):
        form = BlankForm.LISTED
    else:
        raise MoodleError(_("“%(kind)s” is no kind of blank.", kind=blank.kind))
    answers = [_answer(told.strip(), form, number, blank.worth) for told in blank.answers if told.strip()]
    if not any(answer.weight == ALL for answer in answers):
        raise MoodleError(_("Blank %(number)s: no answer is worth everything.", number=number))
    return answers


def _answer(told: str, form: BlankForm, number: int, worth: int) -> Answer:
    weight = NONE
    if told.startswith("="):
        weight, told = ALL, told[1:]
    elif found := _WEIGHT.match(told):
        weight, told = Fraction(found.group(1).rstrip(".")), told[found.end() :]
    if not -100 <= weight <= 100:
        raise MoodleError(_("A weight lies between -100 and 100, not at %(weight)s.", weight=f"{float(weight):g}"))
    words, *feedback = _split(told, "#")
    text, tolerance = _plain(words), "0"
    if form is BlankForm.NUMBER and text != OTHERWISE:
        value, _parted, spread = text.partition(":")
        figure, near = read_number(value), read_number(spread or "0")
        if figure is None or near is None or near < 0:
            raise MoodleError(_("“%(text)s” is no number with a tolerance.", text=text))
        text, tolerance = format(figure.normalize(), "f"), format(near.normalize(), "f")
    if not text:
        raise MoodleError(_("An answer is empty."))
    return Answer(text, weight, _plain("#".join(feedback)), tolerance, blank=number, form=form, worth=worth)


def _plain(text: str) -> str:
    return re.sub(r"\\([}~#=\"\\/{%])", r"\1", text).strip()


def gaps_question(element: Element, question: Question) -> Question:
    """A text whose blanks are filled from lists or by dragging words: each from those of the group of its right word."""
    name = "selectoption" if next(element.all("selectoption"), None) else "dragbox"
    words = [(option.words("text"), option.words("group") or "1") for option in element.all(name)]
    text, answers = "", list[Answer]()
    for place, piece in enumerate(BLANK.split(question.text)):
        if place % 2 == 0:
            text += piece
            continue
        if not 1 <= int(piece) <= len(words):
            raise MoodleError(_("There are no words for [[%(number)s]].", number=piece))
        right, group = words[int(piece) - 1]
        number = (place + 1) // 2
        text += f"[[{number}]]"
        offered = list(dict.fromkeys(word for word, of in words if of == group and word))
        answers += [Answer(word, ALL if word == right else NONE, blank=number, form=BlankForm.LISTED) for word in offered]
    if not answers:
        raise MoodleError(_("There is no blank in the text."))
    return replace(question, kind=QuestionKind.FILL_IN, told_kind="", text=text, answers=tuple(answers))


def write_cloze(question: Question) -> str:
    """The text with its blanks as Moodle writes them."""
    pieces = BLANK.split(question.text)
    return "".join(piece if place % 2 == 0 else _written(question, int(piece)) for place, piece in enumerate(pieces))


def _written(question: Question, number: int) -> str:
    answers = [answer for answer in question.answers if answer.blank == number]
    kind = _WRITTEN[answers[0].form] + ("_C" if question.case_sensitive and answers[0].form is BlankForm.TYPED else "")
    return f"{{{answers[0].worth}:{kind}:" + "~".join(map(_told, answers)) + "}"


def _told(answer: Answer) -> str:
    weight = "=" if answer.weight == ALL else f"%{float(answer.weight):g}%"
    words = f"{answer.text}:{answer.tolerance}" if answer.form is BlankForm.NUMBER else _sheltered(answer.text)
    return weight + words + (f"#{_sheltered(answer.feedback)}" if answer.feedback else "")


def _sheltered(text: str) -> str:
    return re.sub(r"([}~#=\"\\/{%])", r"\\\1", text)
