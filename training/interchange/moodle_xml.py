"""Reading and writing Moodle's XML of questions.

Source of the rules: https://docs.moodle.org/en/Moodle_XML_format
"""

from fractions import Fraction
from xml.sax.saxutils import escape, quoteattr

from core.web.i18n import _
from training.exams.grading import read_number
from training.interchange.essays import essay_lines, essay_of
from training.interchange.gift import without_tags
from training.interchange.questions import ALL, NONE, OTHERWISE, Answer, Problem, Question, QuestionKind, Reading
from training.interchange.xml_tree import Element, XmlError, read_xml

_KINDS = {
    "multichoice": QuestionKind.SINGLE,
    "truefalse": QuestionKind.TRUE_FALSE,
    "shortanswer": QuestionKind.SHORT_TEXT,
    "numerical": QuestionKind.NUMERIC,
    "matching": QuestionKind.MATCHING,
    "match": QuestionKind.MATCHING,
    "essay": QuestionKind.ESSAY,
    "description": QuestionKind.DESCRIPTION,
    "ordering": QuestionKind.ORDERING,
}
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
}


class _MoodleError(ValueError):
    """A question that cannot be read."""


def read_moodle_xml(content: bytes) -> Reading:
    """The questions of a Moodle XML file; what cannot be read is a problem that names line and question. Nothing is fetched."""
    reading = Reading()
    try:
        root = read_xml(content)
    except XmlError as error:
        reading.problems.append(Problem(error.line, "", str(error)))
        return reading
    if root.name != "quiz":
        reading.problems.append(Problem(root.line, root.name, _("A file of Moodle questions begins with <quiz>.")))
        return reading
    category = ""
    for element in root.all("question"):
        if element.attributes.get("type") == "category":
            category = element.words("category", "text").removeprefix("$course$/").removeprefix("top/")
            continue
        name = element.words("name", "text")
        try:
            question = _question(element, name, category)
        except _MoodleError as error:
            reading.problems.append(Problem(element.line, name, str(error)))
            continue
        reading.questions.append(question)
        reading.problems += _left_behind(element, name)
    return reading


def _question(element: Element, name: str, category: str) -> Question:
    told = element.attributes.get("type", "")
    kind = _KINDS.get(told, QuestionKind.OTHER)
    if kind is QuestionKind.SINGLE and element.words("single").lower() in ("false", "0"):
        kind = QuestionKind.MULTIPLE
    text = _shown(element.first("questiontext"))
    if not text:
        raise _MoodleError(_("There is no text of a question."))
    return Question(
        kind=kind,
        text=text,
        line=element.line,
        name=name or text.splitlines()[0][:60],
        answers=_answers(element, kind),
        feedback=_shown(element.first("generalfeedback")),
        points=_fraction(element.words("defaultgrade") or "1"),
        category=category,
        tags=tuple(_tags(element)),
        case_sensitive=element.words("usecase") == "1",
        told_kind=told if kind is QuestionKind.OTHER else "",
        essay=essay_of(element, _shown(element.first("graderinfo"))) if kind is QuestionKind.ESSAY else None,
    )


def _tags(element: Element) -> list[str]:
    tags = element.first("tags")
    return [] if tags is None else [tag.words("text") for tag in tags.all("tag") if tag.words("text")]


def _answers(element: Element, kind: QuestionKind) -> tuple[Answer, ...]:
    if kind is QuestionKind.MATCHING:
        pairs = tuple(Answer(_shown(pair), ALL, partner=pair.words("answer", "text")) for pair in element.all("subquestion"))
        if len([pair for pair in pairs if pair.text]) < 2:
            raise _MoodleError(_("At least two pairs are needed."))
        return pairs
    if kind in (QuestionKind.ESSAY, QuestionKind.DESCRIPTION, QuestionKind.OTHER):
        return ()
    answers = tuple(_answer(answer, kind) for answer in element.all("answer"))
    if kind is QuestionKind.TRUE_FALSE:
        answers = tuple(Answer(answer.text.upper(), answer.weight, answer.feedback) for answer in answers)
    _insist(answers, kind)
    return answers


def _insist(answers: tuple[Answer, ...], kind: QuestionKind) -> None:
    fewest = 1 if kind in (QuestionKind.SHORT_TEXT, QuestionKind.NUMERIC) else 2
    if len(answers) < fewest:
        raise _MoodleError(_("At least two answers are needed.") if fewest == 2 else _("There is no right answer."))
    if kind is QuestionKind.ORDERING:
        return
    if kind is QuestionKind.MULTIPLE:
        total = sum((answer.weight for answer in answers if answer.weight > 0), NONE)
        if abs(total - 100) > Fraction(1, 10):
            raise _MoodleError(_("The right answers are worth %(total)s %% together, not 100.", total=f"{float(total):g}"))
    elif not any(answer.weight == ALL for answer in answers):
        raise _MoodleError(_("No answer is worth everything."))


def _answer(element: Element, kind: QuestionKind) -> Answer:
    weight = _fraction(element.attributes.get("fraction", "0"))
    if not -100 <= weight <= 100:
        raise _MoodleError(_("A weight lies between -100 and 100, not at %(weight)s.", weight=element.attributes["fraction"]))
    text = _shown(element)
    tolerance = "0"
    if kind is QuestionKind.NUMERIC:
        number, spread = read_number(text), read_number(element.words("tolerance") or "0")
        if text != OTHERWISE and (number is None or spread is None or spread < 0):
            raise _MoodleError(_("“%(text)s” is no number with a tolerance.", text=text))
        text = text if number is None else format(number.normalize(), "f")
        tolerance = "0" if spread is None else format(spread.normalize(), "f")
    if not text:
        raise _MoodleError(_("An answer is empty."))
    return Answer(text, weight, _shown(element.first("feedback")), tolerance)


def _fraction(text: str) -> Fraction:
    try:
        return Fraction(text.strip())
    except (ValueError, ZeroDivisionError) as error:
        raise _MoodleError(_("“%(text)s” is no number.", text=text)) from error


def _shown(element: Element | None) -> str:
    if element is None:
        return ""
    text = element.words("text")
    return text if element.attributes.get("format") in ("plain_text", "markdown") else without_tags(text)


def _left_behind(element: Element, name: str) -> list[Problem]:
    """What the file holds and is not taken over, though the question is: pictures and other files within it."""
    files = sorted(_file_names(element))
    if not files:
        return []
    sentence = _("Files within the question are not taken over: %(names)s. Put them in again by hand.", names=", ".join(files))
    return [Problem(element.line, name, sentence, is_fatal=False)]


def _file_names(element: Element) -> set[str]:
    own = {element.attributes.get("name", "?")} if element.name == "file" else set()
    return own.union(*(_file_names(child) for child in element.children))


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
        f'<questiontext format="markdown">{_wrapped(question.text)}</questiontext>',
        f'<generalfeedback format="markdown">{_wrapped(question.feedback)}</generalfeedback>',
        f"<defaultgrade>{_number(question.points)}</defaultgrade>",
    ]
    if question.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        parts.append(f"<single>{'true' if question.kind is QuestionKind.SINGLE else 'false'}</single>")
    if question.kind is QuestionKind.SHORT_TEXT:
        parts.append(f"<usecase>{int(question.case_sensitive)}</usecase>")
    if question.essay is not None:
        parts += [*essay_lines(question.essay), f'<graderinfo format="plain_text">{_wrapped(question.essay.guidance)}</graderinfo>']
    parts += [_written(question.kind, answer) for answer in question.answers]
    if question.tags:
        parts.append("<tags>" + "".join(f"<tag>{_wrapped(tag)}</tag>" for tag in question.tags) + "</tags>")
    return [*parts, "</question>"]


def _written(kind: QuestionKind, answer: Answer) -> str:
    if kind is QuestionKind.MATCHING:
        return f'<subquestion format="markdown">{_wrapped(answer.text)}<answer>{_wrapped(answer.partner)}</answer></subquestion>'
    told = answer.text.lower() if kind is QuestionKind.TRUE_FALSE else answer.text
    tolerance = f"<tolerance>{escape(answer.tolerance)}</tolerance>" if kind is QuestionKind.NUMERIC else ""
    feedback = f'<feedback format="markdown">{_wrapped(answer.feedback)}</feedback>'
    return f'<answer fraction={quoteattr(_number(answer.weight))} format="plain_text">{_wrapped(told)}{tolerance}{feedback}</answer>'


def _wrapped(text: str) -> str:
    return f"<text>{escape(text)}</text>"


def _number(value: Fraction) -> str:
    return f"{float(value):.7f}".rstrip("0").rstrip(".")
