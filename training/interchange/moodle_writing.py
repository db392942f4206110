"""Writing Moodle's XML of questions, with their pictures and sounds within it."""

from base64 import b64encode
from fractions import Fraction
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from training.interchange.cloze import write_cloze
from training.interchange.essays import essay_lines
from training.interchange.moodle_files import PLACE
from training.interchange.questions import Answer, Attached, Question, QuestionKind

_TYPES = {
    QuestionKind.SINGLE: "multichoice",
    QuestionKind.MULTIPLE: "multichoice",
    QuestionKind.TRUE_FALSE: "truefalse",
    QuestionKind.SHORT_TEXT: "shortanswer",
    QuestionKind.NUMERIC: "numerical",
    QuestionKind.MATCHING: "matching",
    QuestionKind.ESSAY: "essay",
    QuestionKind.DESCRIPTION: "description",
    QuestionKind.ORDERING: "ordering",
    QuestionKind.FILL_IN: "cloze",
}
_ORDERING = (
    "<layouttype>VERTICAL</layouttype>",
    "<selecttype>ALL</selecttype>",
    "<selectcount>0</selectcount>",
    "<gradingtype>RELATIVE_NEXT_EXCLUDE_LAST</gradingtype>",
)
_NOT_IN_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535), "�")


def write_moodle_xml(questions: list[Question]) -> bytes:
    """The questions as a Moodle XML file. Raises ValueError for a kind only known by name."""
    parts, category = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"], ""
    for question in questions:
        if question.category != category:
            category = question.category
            parts.append(f'<question type="category"><category>{_wrapped(category)}</category></question>')
        parts += _element(question)
    return "\n".join([*parts, "</quiz>", ""]).encode()


def _element(question: Question) -> list[str]:
    if question.kind not in _TYPES:
        raise ValueError(question.kind)
    parts = [
        f'<question type="{_TYPES[question.kind]}">',
        f"<name>{_wrapped(question.name)}</name>",
        _text_with_files(question),
        f'<generalfeedback format="markdown">{_wrapped(question.feedback)}</generalfeedback>',
        f"<defaultgrade>{_number(question.points)}</defaultgrade>",
    ]
    if question.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        parts.append(f"<single>{'true' if question.kind is QuestionKind.SINGLE else 'false'}</single>")
    if question.kind is QuestionKind.SHORT_TEXT:
        parts.append(f"<usecase>{int(question.case_sensitive)}</usecase>")
    if question.kind is QuestionKind.MATCHING:
        parts.append("<shuffleanswers>true</shuffleanswers>")
    if question.kind is QuestionKind.ORDERING:
        parts += _ORDERING
    if question.essay is not None:
        parts += [*essay_lines(question.essay), f'<graderinfo format="plain_text">{_wrapped(question.essay.guidance)}</graderinfo>']
    if question.kind is not QuestionKind.FILL_IN:
        parts += [_written(question.kind, answer) for answer in question.answers]
    if question.tags:
        parts.append("<tags>" + "".join(f"<tag>{_wrapped(tag)}</tag>" for tag in question.tags) + "</tags>")
    return [*parts, "</question>"]


def _text_with_files(question: Question) -> str:
    """The text with its files below it, in Markdown."""
    text = write_cloze(question) if question.kind is QuestionKind.FILL_IN else question.text
    files = [file for file in (question.picture, question.sound) if file is not None]
    if question.picture is not None:
        words = question.picture.words.replace("\\", "\\\\").replace("]", "\\]")
        text += f"\n\n![{words}]({PLACE}{quote(question.picture.name)})"
    if question.sound is not None:
        text += f'\n\n<audio controls src="{PLACE}{quote(question.sound.name)}" title={quoteattr(question.sound.words)}></audio>'
    return f'<questiontext format="markdown">{_wrapped(text)}{"".join(map(_file, files))}</questiontext>'


def _file(file: Attached) -> str:
    return f'<file name={quoteattr(file.name)} path="/" encoding="base64">{b64encode(file.content).decode()}</file>'


def _written(kind: QuestionKind, answer: Answer) -> str:
    feedback = f'<feedback format="markdown">{_wrapped(answer.feedback)}</feedback>'
    if kind is QuestionKind.MATCHING:
        return f'<subquestion format="markdown">{_wrapped(answer.text)}<answer>{_wrapped(answer.partner)}</answer>{feedback}</subquestion>'
    told = answer.text.lower() if kind is QuestionKind.TRUE_FALSE else answer.text
    tolerance = f"<tolerance>{escape(answer.tolerance)}</tolerance>" if kind is QuestionKind.NUMERIC else ""
    return f'<answer fraction={quoteattr(_number(answer.weight))} format="plain_text">{_wrapped(told)}{tolerance}{feedback}</answer>'


def _wrapped(text: str) -> str:
    return f"<text>{escape(text.translate(_NOT_IN_XML))}</text>"


def _number(value: Fraction) -> str:
    return f"{float(value):.7f}".rstrip("0").rstrip(".")
