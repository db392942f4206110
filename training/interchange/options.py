"""The answers of a question of a file as options of one here, and back; what cannot stay as it was is told in sentences. Pure."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from core.web.i18n import _
from training.exams.wording import normal
from training.interchange.questions import ALL, NONE, OTHERWISE, Answer
from training.items.content import OptionDraft
from training.items.models import BlankForm, Item, ItemKind

IN_WORDS = frozenset({ItemKind.SHORT_TEXT, ItemKind.MATCHING, ItemKind.ORDERING, ItemKind.FILL_IN})


def options_of(kind: ItemKind, answers: Sequence[Answer], notes: list[str]) -> list[OptionDraft]:
    """The options of a question that is typed, matched, put in order or filled in."""
    if kind is ItemKind.MATCHING:
        return [OptionDraft(answer.text, feedback=answer.feedback, partner=answer.partner) for answer in answers]
    if kind is ItemKind.ORDERING:
        if any(answer.feedback for answer in answers):
            notes.append(str(_("The feedback to its steps is not kept.")))
        return [OptionDraft(answer.text) for answer in answers]
    kept = list(_without_others(answers, notes))
    if any(answer.weight != _share(answer) for answer in kept):
        notes.append(str(_("The shares of its answers become whole percents, none below 0.")))
    return _different([_accepted(answer) for answer in kept], notes)


def _accepted(answer: Answer) -> OptionDraft:
    weight = _share(answer)
    tolerance = answer.tolerance if answer.form is BlankForm.NUMBER else ""
    return OptionDraft(
        answer.text,
        weight == 100,
        answer.feedback,
        weight=weight,
        blank=answer.blank,
        form=answer.form,
        worth=answer.worth,
        tolerance=tolerance,
    )


def _share(answer: Answer) -> int:
    return max(0, round(answer.weight))


def _without_others(answers: Iterable[Answer], notes: list[str]) -> Iterable[Answer]:
    """Without the feedback to any other number: a blank here has none."""
    for answer in answers:
        if answer.form is BlankForm.NUMBER and answer.text == OTHERWISE:
            notes.append(str(_("What is said to any other number is not kept.")))
        else:
            yield answer


def _different(options: list[OptionDraft], notes: list[str]) -> list[OptionDraft]:
    """Of answers that differ only in what makes no difference, the one worth most."""
    best: dict[tuple[int, str], OptionDraft] = {}
    for option in options:
        words = option.text if option.form is not BlankForm.TYPED else normal(option.text, case_matters=True, accents_matter=True)
        mark = (option.blank, f"{words.casefold() if option.form is BlankForm.TYPED else words}:{option.tolerance}")
        if mark not in best or best[mark].weight < option.weight:
            best[mark] = option
    if len(best) < len(options):
        notes.append(str(_("Answers that differ only in case, spaces or punctuation become one.")))
    return list(best.values())


def answers_of(item: Item) -> list[Answer]:
    """The options of such a question as files know them. Needs `options`."""
    if item.kind is ItemKind.MATCHING:
        return [Answer(option.text, ALL, option.feedback, partner=option.partner) for option in item.options]
    if item.kind is ItemKind.ORDERING:
        return [Answer(option.text, NONE) for option in item.options]
    return [Answer(o.text, Fraction(o.weight), o.feedback, o.tolerance or "0", blank=o.blank, form=o.form, worth=o.worth) for o in item.options]
