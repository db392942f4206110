"""Reading Moodle's XML of questions.

Source of the rules: https://docs.moodle.org/en/Moodle_XML_format
"""

from fractions import Fraction

from core.web.i18n import _
from training.exams.grading import read_number
from training.interchange.cloze import cloze_question, gaps_question
from training.interchange.essays import essay_of
from training.interchange.moodle_files import with_files
from training.interchange.moodle_parts import MoodleError, fraction, shown
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
_WITH_BLANKS = {"cloze": cloze_question, "gapselect": gaps_question, "ddwtos": gaps_question}
_KEPT_NOWHERE = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback", "hint")


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
        except MoodleError as error:
            reading.problems.append(Problem(element.line, name, str(error)))
            continue
        try:
            question, left_behind = with_files(element, question)
        except MoodleError as error:
            reading.problems.append(Problem(element.line, name, str(error)))
            continue
        reading.questions.append(question)
        reading.problems += [Problem(element.line, name, note, is_fatal=False) for note in (*left_behind, *_not_kept(element, question))]
    return reading


def _question(element: Element, name: str, category: str) -> Question:
    told = element.attributes.get("type", "")
    kind = _KINDS.get(told, QuestionKind.OTHER)
    if kind is QuestionKind.SINGLE and element.words("single").lower() in ("false", "0"):
        kind = QuestionKind.MULTIPLE
    text = shown(element.first("questiontext"))
    if not text:
        raise MoodleError(_("There is no text of a question."))
    question = Question(
        kind=kind,
        text=text,
        line=element.line,
        name=name or text.splitlines()[0][:60],
        answers=_answers(element, kind),
        feedback=shown(element.first("generalfeedback")),
        points=fraction(element.words("defaultgrade") or "1"),
        category=category,
        tags=tuple(_tags(element)),
        case_sensitive=element.words("usecase") == "1",
        told_kind=told if kind is QuestionKind.OTHER else "",
        essay=essay_of(element, shown(element.first("graderinfo"))) if kind is QuestionKind.ESSAY else None,
    )
    return _WITH_BLANKS[told](element, question) if told in _WITH_BLANKS else question


def _tags(element: Element) -> list[str]:
    tags = element.first("tags")
    return [] if tags is None else [tag.words("text") for tag in tags.all("tag") if tag.words("text")]


def _answers(element: Element, kind: QuestionKind) -> tuple[Answer, ...]:
    if kind is QuestionKind.MATCHING:
        pairs = tuple(
            Answer(shown(pair), ALL, shown(pair.first("feedback")), partner=pair.words("answer", "text")) for pair in element.all("subquestion")
        )
        if len([pair for pair in pairs if pair.text]) < 2:
            raise MoodleError(_("At least two pairs are needed."))
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
        raise MoodleError(_("At least two answers are needed.") if fewest == 2 else _("There is no right answer."))
    if kind is QuestionKind.ORDERING:
        return
    if kind is QuestionKind.MULTIPLE:
        total = sum((answer.weight for answer in answers if answer.weight > 0), NONE)
        if abs(total - 100) > Fraction(1, 10):
            raise MoodleError(_("The right answers are worth %(total)s %% together, not 100.", total=f"{float(total):g}"))
    elif not any(answer.weight == ALL for answer in answers):
        raise MoodleError(_("No answer is worth everything."))


def _answer(element: Element, kind: QuestionKind) -> Answer:
    weight = fraction(element.attributes.get("fraction", "0"))
    if not -100 <= weight <= 100:
        raise MoodleError(_("A weight lies between -100 and 100, not at %(weight)s.", weight=element.attributes["fraction"]))
    text = shown(element)
    tolerance = "0"
    if kind is QuestionKind.NUMERIC:
        number, spread = read_number(text), read_number(element.words("tolerance") or "0")
        if text != OTHERWISE and (number is None or spread is None or spread < 0):
            raise MoodleError(_("“%(text)s” is no number with a tolerance.", text=text))
        text = text if number is None else format(number.normalize(), "f")
        tolerance = "0" if spread is None else format(spread.normalize(), "f")
    if not text:
        raise MoodleError(_("An answer is empty."))
    return Answer(text, weight, shown(element.first("feedback")), tolerance)


def _not_kept(element: Element, question: Question) -> list[str]:
    """What the file says of the question and nothing here holds, though the question is taken over."""
    notes = []
    if question.kind is not QuestionKind.OTHER and any(shown(part) for name in _KEPT_NOWHERE for part in element.all(name)):
        notes.append(_("Its hints and its feedback to right, partly right and wrong answers are not kept; that of each answer is."))
    if question.kind is QuestionKind.ORDERING and element.words("selecttype").upper() not in ("", "ALL", "0"):
        notes.append(_("All of its steps are asked, not a selection of them."))
    grading = element.words("gradingtype").upper()
    if question.kind is QuestionKind.ORDERING and grading not in ("", "RELATIVE_NEXT_EXCLUDE_LAST", "1"):
        notes.append(_("Its steps count where they directly follow each other, whatever the file says."))
    return notes
