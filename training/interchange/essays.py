"""Essays and files as files of questions know them: their terms in Moodle's XML, the rubric among what is told to graders. Pure."""

from fractions import Fraction

from core.errors import Invalid
from core.web.i18n import _
from training.interchange.questions import Essay, Question, QuestionKind
from training.interchange.xml_tree import Element
from training.items.by_hand import FILE_KINDS, LARGEST, MOST_WORDS, ByHand, Criterion, Level, by_hand_of, check_by_hand, read_rubric, rubric_text
from training.items.content import ItemDraft
from training.items.models import Item, ItemKind

PARTED = "\n\n---\n\n"  # between the rubric and what else is told
_MEGABYTE = 1024 * 1024
_PLAIN = {
    "en": ("The answer as a whole", "does not answer the question", "answers it in part", "answers it fully"),
    "pt_BR": ("A resposta como um todo", "não responde à pergunta", "responde em parte", "responde por inteiro"),
}


def essay_of(element: Element, guidance: str) -> Essay:
    """The terms of an essay in Moodle's XML. One without a text that asks for attachments is a file here."""
    told = [ending.strip().lstrip(".").lower().replace("jpg", "jpeg") for ending in element.words("filetypeslist").replace(";", ",").split(",")]
    return Essay(
        takes_file=element.words("responseformat") == "noinline",
        takes_attachments=element.words("attachments") not in ("", "0"),
        least_words=_number(element.words("minwordlimit"), MOST_WORDS),
        most_words=_number(element.words("maxwordlimit"), MOST_WORDS),
        file_kinds=tuple(kind for kind in FILE_KINDS if kind in told) or ("pdf", "docx"),
        megabytes=_number(element.words("maxbytes"), LARGEST * _MEGABYTE) // _MEGABYTE or LARGEST,
        guidance=guidance,
    )


def _number(text: str, most: int) -> int:
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def essay_lines(essay: Essay) -> list[str]:
    """The elements of Moodle's XML that tell the terms; what is told to graders is not among them."""
    return [
        f"<responseformat>{'noinline' if essay.takes_file else 'plain'}</responseformat>",
        f"<responserequired>{int(not essay.takes_file)}</responserequired>",
        f"<minwordlimit>{essay.least_words or ''}</minwordlimit>",
        f"<maxwordlimit>{essay.most_words or ''}</maxwordlimit>",
        f"<attachments>{int(essay.takes_file)}</attachments>",
        f"<attachmentsrequired>{int(essay.takes_file)}</attachmentsrequired>",
        f"<maxbytes>{essay.megabytes * _MEGABYTE if essay.takes_file else 0}</maxbytes>",
        f"<filetypeslist>{','.join(f'.{kind}' for kind in essay.file_kinds) if essay.takes_file else ''}</filetypeslist>",
    ]


def essay_draft(question: Question, points: int, *, language: str) -> tuple[ItemDraft, list[str]]:
    """An essay of a file as a question here, with what is not as it was. Without a rubric among what is told to graders it gets a plain one."""
    essay = question.essay or Essay()
    kind, notes = ItemKind.FILE if essay.takes_file else ItemKind.ESSAY, list[str]()
    rubric, _parted, rest = essay.guidance.partition(PARTED)
    criteria = _rubric(rubric, kind)
    if not criteria:
        rest, criteria = essay.guidance, _plain(points, language)
        notes.append(str(_("It has no rubric that can be read; a plain one with %(count)s levels is put in.", count=len(criteria[0].levels))))
    if essay.takes_attachments and not essay.takes_file:
        notes.append(str(_("Files beside the text are not asked for here.")))
    by_hand = ByHand(
        criteria,
        guidance=rest.strip(),
        least_words=essay.least_words,
        most_words=max(essay.most_words, essay.least_words) if essay.most_words else 0,
        file_kinds=tuple(essay.file_kinds),
        file_megabytes=essay.megabytes,
    )
    return ItemDraft(kind, question.text, by_hand.points, question.feedback, by_hand=by_hand), notes


def _rubric(text: str, kind: ItemKind) -> tuple[Criterion, ...]:
    try:
        criteria = read_rubric(text)
        check_by_hand(kind, ByHand(criteria))
    except Invalid:
        return ()
    return criteria


def _plain(points: int, language: str) -> tuple[Criterion, ...]:
    whole, none, part, full = _PLAIN[language]
    levels = [Level(none, 0), *([Level(part, points // 2)] if points > 1 else []), Level(full, points)]
    return (Criterion(whole, tuple(levels)),)


def essay_question(item: Item, *, name: str) -> Question:
    """An essay or a file here as files know it. Files as answers are known to Moodle's XML only as essays without a text."""
    kept = by_hand_of(item)
    guidance = PARTED.join(part for part in (rubric_text(kept.criteria), kept.guidance) if part)
    essay = Essay(
        takes_file=item.kind is ItemKind.FILE,
        least_words=kept.least_words,
        most_words=kept.most_words,
        file_kinds=kept.file_kinds or ("pdf", "docx"),
        megabytes=kept.file_megabytes,
        guidance=guidance,
    )
    return Question(QuestionKind.ESSAY, item.text, name=name, feedback=item.feedback, points=Fraction(item.points), essay=essay)
