"""Turning questions of a file into questions of an exam here, and back. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from core.errors import Invalid
from core.files.checks import check_content, ending_of
from core.files.rules import IMAGE, SOUND
from core.web.i18n import _
from training.exams.answer_words import right_words
from training.exams.queries import key_of
from training.interchange.essays import essay_draft, essay_question
from training.interchange.labels import QUESTION_KINDS
from training.interchange.marks import tags_of, with_tags
from training.interchange.options import IN_WORDS, answers_of, options_of
from training.interchange.questions import ALL, NONE, OTHERWISE, Answer, Attached, Problem, Question, QuestionKind, Reading
from training.items.content import ItemDraft, OptionDraft, check
from training.items.models import BY_HAND, Item, ItemKind, ItemOption, ItemState

LONGEST = 3000
MOST_POINTS = 100
_TRUTH = {"en": ("True", "False"), "pt_BR": ("Verdadeiro", "Falso")}
_ASKED = {
    QuestionKind.SINGLE: ItemKind.SINGLE,
    QuestionKind.MULTIPLE: ItemKind.MULTIPLE,
    QuestionKind.TRUE_FALSE: ItemKind.TRUE_FALSE,
    QuestionKind.NUMERIC: ItemKind.NUMERIC,
    QuestionKind.SHORT_TEXT: ItemKind.SHORT_TEXT,
    QuestionKind.MATCHING: ItemKind.MATCHING,
    QuestionKind.ORDERING: ItemKind.ORDERING,
    QuestionKind.FILL_IN: ItemKind.FILL_IN,
    QuestionKind.ESSAY: ItemKind.ESSAY,
}


@dataclass
class Preview:
    """What would come of a file: drafts with the questions they were, what would be left out, and why nothing is taken over at all."""

    drafts: list[tuple[Question, ItemDraft]] = field(default_factory=list)
    left_out: list[Problem] = field(default_factory=list)
    changed: list[Problem] = field(default_factory=list)
    broken: list[Problem] = field(default_factory=list)


def preview(reading: Reading, *, language: str, present: Iterable[tuple[object, ...]] = ()) -> Preview:
    """What comes of the questions of a file in a course of this language; `present` are the marks of questions that are there already."""
    found = Preview(broken=reading.fatal, changed=[problem for problem in reading.problems if not problem.is_fatal])
    seen = set(present)
    for question in reading.questions:
        if question.kind not in _ASKED:
            found.left_out.append(_problem(question, _unasked(question)))
            continue
        try:
            draft, notes = _draft(question, language)
            draft, left = with_tags(draft, question)
            draft, told = with_media(draft, question)
            check(draft)
        except Invalid as refusal:
            found.broken.append(_problem(question, str(refusal.sentence)))
            continue
        mark = mark_of(draft)
        if mark in seen:
            found.left_out.append(_problem(question, _("The same question is there already.")))
            continue
        seen.add(mark)
        found.drafts.append((question, draft))
        found.changed += [Problem(question.line, question.name, note, is_fatal=False) for note in (*notes, *left, *told)]
    found.broken.sort(key=lambda problem: problem.line)
    return found


def mark_of(draft: ItemDraft) -> tuple[object, ...]:
    """What makes two questions the same, whatever they are called."""
    options = tuple(sorted((option.text.casefold(), option.correct, option.partner, option.blank) for option in draft.options))
    return draft.kind, draft.text.casefold(), draft.answer, options


def right_of(draft: ItemDraft) -> Sequence[str]:
    """What is right in a question that is not one yet, in words."""
    item = Item(**{name: value for name, value in vars(draft).items() if name not in ("options", "by_hand")})
    item.options = [ItemOption(id=number, **vars(option)) for number, option in enumerate(draft.options, start=1)]
    return right_words(item, key_of(item))


def _problem(question: Question, sentence: str) -> Problem:
    return Problem(question.line, question.name, sentence)


def _unasked(question: Question) -> str:
    if question.kind is QuestionKind.DESCRIPTION:
        return str(_("This is a text without a question."))
    kind = question.told_kind or QUESTION_KINDS[question.kind]
    return str(_("Questions of the kind “%(kind)s” cannot be asked here.", kind=kind))


def _draft(question: Question, language: str) -> tuple[ItemDraft, list[str]]:
    notes: list[str] = []
    kind = _ASKED[question.kind]
    if len(question.text) > LONGEST:
        raise Invalid(_("The question is longer than %(most)s characters.", most=LONGEST))
    points = _points(question, notes)
    if question.kind is QuestionKind.ESSAY:
        draft, more = essay_draft(question, points, language=language)
        return draft, [*([] if draft.points == points else notes), *more]
    if kind is ItemKind.NUMERIC:
        right = next(answer for answer in question.answers if answer.weight == ALL and answer.text != OTHERWISE)
        if len(question.answers) > 1:
            notes.append(str(_("Only the number worth everything is kept, %(number)s.", number=right.text)))
        return ItemDraft(kind, question.text, points, _feedback(question, right), right.text, right.tolerance), notes
    if kind in IN_WORDS:
        options = options_of(kind, question.answers, notes)
        return ItemDraft(kind, question.text, points, question.feedback, options=options, case_matters=question.case_sensitive), notes
    if kind is ItemKind.TRUE_FALSE:
        words = dict(zip(("TRUE", "FALSE"), _TRUTH[language], strict=True))
        options = [OptionDraft(words.get(answer.text, answer.text), answer.weight == ALL, answer.feedback) for answer in question.answers]
    else:
        options = [OptionDraft(answer.text, _is_right(answer, kind), answer.feedback) for answer in question.answers]
        if _has_weights_of_its_own(question.answers, kind):
            notes.append(str(_("The weights of its answers are not kept: an answer is right or wrong here.")))
    return ItemDraft(kind, question.text, points, question.feedback, options=options), notes


def _points(question: Question, notes: list[str]) -> int:
    points = max(1, min(MOST_POINTS, round(question.points)))
    if points != question.points:
        notes.append(str(_("Its %(told)s points become %(points)s.", told=f"{float(question.points):g}", points=points)))
    return points


def _feedback(question: Question, right: Answer) -> str:
    return " ".join(text for text in (question.feedback, right.feedback) if text)


def _is_right(answer: Answer, kind: ItemKind) -> bool:
    return answer.weight > 0 if kind is ItemKind.MULTIPLE else answer.weight == ALL


def _has_weights_of_its_own(answers: Sequence[Answer], kind: ItemKind) -> bool:
    if kind is ItemKind.SINGLE:
        return any(answer.weight not in (ALL, NONE) for answer in answers)
    right = [answer.weight for answer in answers if answer.weight > 0]
    wrong = {answer.weight for answer in answers if answer.weight <= 0}
    return max(right) - min(right) > Fraction(1, 10) or wrong - {NONE, -ALL} != set()


def with_media(draft: ItemDraft, question: Question) -> tuple[ItemDraft, list[str]]:
    """The draft with the words for its picture and sound. What has none stays a draft until somebody has written them. Raises Invalid."""
    told = []
    for file, rule in ((question.picture, IMAGE), (question.sound, SOUND)):
        if file is None:
            continue
        try:
            check_content(file.content, accept=rule)
        except Invalid as refusal:
            raise Invalid(f"{file.name}: {refusal.sentence}") from None
        if not file.words:
            told.append(str(_("“%(name)s” has no words for those who cannot see or hear it. It stays a draft until you write them.", name=file.name)))
    words = [file.words[:1000] if file is not None else "" for file in (question.picture, question.sound)]
    return replace(draft, picture_words=words[0], sound_words=words[1], state=ItemState.DRAFT if told else draft.state), told


def question_of(item: Item, *, name: str, picture: bytes | None = None, sound: bytes | None = None) -> Question:
    """A question of an exam here as files know it. Needs its `options`; the contents of its files are those that are to be taken along."""
    return replace(
        essay_question(item, name=name) if item.kind in BY_HAND else _question_of(item),
        name=name,
        category=item.tag,
        tags=tags_of(item),
        picture=None if picture is None else Attached(f"{name}-picture{ending_of(picture)}", picture, item.picture_words),
        sound=None if sound is None else Attached(f"{name}-sound{ending_of(sound)}", sound, item.sound_words),
    )


def _question_of(item: Item) -> Question:
    if item.kind in IN_WORDS:
        answers = answers_of(item)
    elif item.kind is ItemKind.NUMERIC:
        answers = [Answer(item.answer, ALL, tolerance=item.tolerance)]
    elif item.kind is ItemKind.TRUE_FALSE:
        answers = [
            Answer("TRUE" if position == 0 else "FALSE", ALL if option.correct else NONE, option.feedback)
            for position, option in enumerate(item.options)
        ]
    else:
        right = sum(option.correct for option in item.options)
        share = ALL if item.kind is ItemKind.SINGLE else ALL / right
        answers = [Answer(option.text, share if option.correct else NONE, option.feedback) for option in item.options]
    kind = next(asked for asked, here in _ASKED.items() if here is item.kind)
    return Question(kind, item.text, answers=answers, feedback=item.feedback, points=Fraction(item.points), case_sensitive=item.case_matters)
