"""Keys that are corrected by lines: what is accepted, what belongs together, what comes after what. Pure."""

from collections.abc import Sequence
from typing import Any

from core.errors import Invalid
from core.web.i18n import _
from training.exams.queries import key_of
from training.items.checking import CHECKS
from training.items.content import ItemDraft, OptionDraft
from training.items.gaps import read_answers, write_answers
from training.items.models import BlankForm, Item, ItemKind, ItemOption

CHOSEN = frozenset({ItemKind.SINGLE, ItemKind.MULTIPLE, ItemKind.TRUE_FALSE})
BY_LINES = frozenset({ItemKind.SHORT_TEXT, ItemKind.MATCHING, ItemKind.ORDERING, ItemKind.FILL_IN})


def lines_of(item: Item) -> list[tuple[str, str]]:
    """The key of an item as one or more boxes to write in: what each is called, and its lines. Needs `options`."""
    if item.kind is ItemKind.MATCHING:
        return [(option.text, option.partner) for option in item.options if option.text]
    if item.kind is ItemKind.ORDERING:
        return [(str(_("Right order")), "\n".join(option.text for option in item.options))]
    if item.kind is ItemKind.SHORT_TEXT:
        return [(str(_("Accepted answers")), write_answers(_drafts(item.options)))]
    return [(str(_("Blank %(number)s", number=blank)), write_answers(_drafts(_of_blank(item, blank)))) for blank in _blanks(item)]


def _drafts(options: Sequence[ItemOption]) -> list[OptionDraft]:
    return [OptionDraft(o.text, weight=o.weight, blank=o.blank, form=o.form, worth=o.worth, tolerance=o.tolerance) for o in options]


def _blanks(item: Item) -> list[int]:
    return sorted({option.blank for option in item.options})


def _of_blank(item: Item, blank: int) -> list[ItemOption]:
    return [option for option in item.options if option.blank == blank]


def read_lines(item: Item, lines: Sequence[str]) -> dict[str, Any]:
    """The key those lines describe. Raises Invalid for one the item cannot have."""
    if item.kind is ItemKind.MATCHING:
        return _partners(item, lines)
    if item.kind is ItemKind.ORDERING:
        return _order(item, [line.strip() for line in "\n".join(lines).splitlines() if line.strip()])
    return _accepted(item, lines)


def _partners(item: Item, lines: Sequence[str]) -> dict[str, Any]:
    offered = {option.partner for option in item.options}
    lefts = [option for option in item.options if option.text]
    told = {str(option.id): line.strip() for option, line in zip(lefts, lines, strict=False)}
    for text in told.values():
        if text not in offered:
            raise Invalid(_("“%(text)s” is none of the right sides that were offered.", text=text), field="lines")
    if len(told) < len(lefts):
        raise Invalid(_("Each left side needs what belongs to it."), field="lines")
    return {"partners": told}


def _order(item: Item, told: Sequence[str]) -> dict[str, Any]:
    steps = {option.text: option.id for option in item.options}
    if sorted(told) != sorted(steps):
        raise Invalid(_("Write each step once, exactly as it was asked."), field="lines")
    return {"order": [steps[text] for text in told]}


def _accepted(item: Item, lines: Sequence[str]) -> dict[str, Any]:
    drafts: list[OptionDraft] = []
    known = {one.blank: one for one in key_of(item).accepted}
    for blank, line in zip(sorted(known), lines, strict=False):
        drafts += read_answers(line, blank=blank, form=known[blank].form, worth=known[blank].worth)
    offered = {(option.blank, option.text) for option in item.options}
    for draft in drafts:
        if draft.form is BlankForm.LISTED and (draft.blank, draft.text) not in offered:
            raise Invalid(_("“%(text)s” was not in the list of blank %(number)s.", text=draft.text, number=draft.blank), field="lines")
    wanted = ItemDraft(item.kind, item.text, options=drafts, case_matters=item.case_matters, accents_matter=item.accents_matter)
    try:
        CHECKS[item.kind](wanted)
    except Invalid as refusal:
        raise Invalid(refusal.sentence, field="lines") from None
    return {"accepted": [{"blank": d.blank, "text": d.text, "weight": d.weight, "tolerance": d.tolerance} for d in drafts]}
