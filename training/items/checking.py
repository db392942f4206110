"""What questions that are typed, matched, put in order or filled in need before they can be used."""

from collections import Counter
from typing import TYPE_CHECKING

from core.errors import Invalid
from core.web.i18n import _
from training.exams.grading import read_number
from training.exams.wording import normal
from training.items.models import BLANK, BlankForm, ItemKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from training.items.content import ItemDraft, OptionDraft

MOST_BLANKS = 20


def check_short_text(draft: "ItemDraft") -> None:
    """Raise Invalid unless something is worth all points, no share is out of range, and nothing is accepted twice."""
    _insist_on_shares(draft.options, field="options")
    _insist_on_different([_plain(draft, option) for option in draft.options])


def check_pairs(draft: "ItemDraft") -> None:
    """Raise Invalid unless there are at least two pairs and two right sides; a right side without a left one is offered beside them."""
    pairs = [option for option in draft.options if option.text]
    if any(not option.partner for option in draft.options):
        raise Invalid(_("Each left side needs what belongs to it."), field="options")
    if len(pairs) < 2 or len({option.partner for option in draft.options}) < 2:
        raise Invalid(_("At least two pairs are needed, and two different right sides."), field="options")
    _insist_on_different([option.text.casefold() for option in pairs])


def check_order(draft: "ItemDraft") -> None:
    """Raise Invalid unless there are at least two steps, all different."""
    if len(draft.options) < 2:
        raise Invalid(_("At least two steps are needed."), field="options")
    _insist_on_different([option.text.casefold() for option in draft.options])


def check_blanks(draft: "ItemDraft") -> None:
    """Raise Invalid unless each blank of the text has answers and each answer a blank of the text."""
    told = [int(number) for number in BLANK.findall(draft.text)]
    if not told:
        raise Invalid(_("Write [[1]], [[2]] and so on where the blanks of the text are."), field="text")
    if len(told) > MOST_BLANKS:
        raise Invalid(_("A question has at most %(most)s blanks.", most=MOST_BLANKS), field="text")
    if any(count > 1 for count in Counter(told).values()) or 0 in told:
        raise Invalid(_("Each blank of the text has a number of its own, from 1."), field="text")
    answered = {option.blank for option in draft.options}
    for number in told:
        if number not in answered:
            raise Invalid(_("Blank %(number)s has no answers.", number=number), field="gaps")
    for number in sorted(answered.difference(told)):
        raise Invalid(_("There are answers for blank %(number)s, but the text has no [[%(number)s]].", number=number), field="gaps")
    for number in told:
        _check_blank(draft, [option for option in draft.options if option.blank == number], number)


def _check_blank(draft: "ItemDraft", options: "Sequence[OptionDraft]", number: int) -> None:
    form = options[0].form
    _insist_on_shares(options, field="gaps", blank=number)
    if form is BlankForm.NUMBER:
        for option in options:
            tolerance = read_number(option.tolerance or "0")
            if read_number(option.text) is None or tolerance is None or tolerance < 0:
                raise Invalid(_("Blank %(number)s: “%(text)s” is no number with a tolerance.", number=number, text=option.text), field="gaps")
    if form is BlankForm.LISTED and len(options) < 2:
        raise Invalid(_("Blank %(number)s: a list needs at least two answers.", number=number), field="gaps")
    texts = [option.text if form is BlankForm.LISTED else f"{_plain(draft, option)}:{option.tolerance}" for option in options]
    if len(set(texts)) < len(texts):
        raise Invalid(_("Blank %(number)s: two answers are the same.", number=number), field="gaps")


def _insist_on_shares(options: "Sequence[OptionDraft]", *, field: str, blank: int = 0) -> None:
    where = f"{_('Blank %(number)s', number=blank)}: " if blank else ""
    if any(not 0 <= option.weight <= 100 for option in options):
        raise Invalid(where + _("A share lies between 0 and 100 percent."), field=field)
    if not any(option.weight == 100 for option in options):
        raise Invalid(where + _("At least one answer is worth 100 percent."), field=field)


def _insist_on_different(texts: "Sequence[str]") -> None:
    if len(set(texts)) < len(texts):
        raise Invalid(_("Two answers are the same."), field="options")


def _plain(draft: "ItemDraft", option: "OptionDraft") -> str:
    return normal(option.text, case_matters=draft.case_matters, accents_matter=draft.accents_matter)


CHECKS: "dict[ItemKind, Callable[[ItemDraft], None]]" = {
    ItemKind.SHORT_TEXT: check_short_text,
    ItemKind.MATCHING: check_pairs,
    ItemKind.ORDERING: check_order,
    ItemKind.FILL_IN: check_blanks,
}
