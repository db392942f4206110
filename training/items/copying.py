"""Carrying questions over to the next version."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from core.db import session
from training.items.models import Item, ItemKind, ItemOption, ItemState
from training.regrading.marks import ONE_OF, Correction
from training.regrading.models import CorrectionKind

if TYPE_CHECKING:
    from training.catalogue.models import CourseVersion

OWN = frozenset({"id", "public_id", "version_id", "item_id"})  # what a copy does not share with what it was copied from


def copy_items(items: Iterable[Item], version: "CourseVersion", *, corrections: Mapping[int, Correction]) -> None:
    """Add copies of the questions to a version, of the same lineage, by the keys that hold now. Needs `options` to be loaded.

    `corrections` are those of the items, by inner key. What was found faulty beyond a key, or would have two right answers where one is asked for,
    is copied as a draft: nobody is asked it until somebody has mended it.
    """
    for item in items:
        options = [ItemOption(**_columns(option)) for option in item.options]
        copied = Item(version_id=version.id, options=options, **_columns(item))
        correction = corrections.get(item.id)
        if correction is not None:
            _correct(copied, correction, [option.id for option in item.options])
        session.add(copied)


def _correct(copied: Item, correction: Correction, option_keys: Sequence[int]) -> None:
    if correction.kind is not CorrectionKind.KEY:
        copied.state = ItemState.DRAFT
    elif copied.kind is ItemKind.NUMERIC:
        copied.answer, copied.tolerance = str(correction.key["number"]), str(correction.key["tolerance"])
    elif copied.kind in (ItemKind.SHORT_TEXT, ItemKind.FILL_IN):
        copied.options = _accepted(copied.options, correction.key["accepted"])
    elif copied.kind is ItemKind.MATCHING:
        for key, option in zip(option_keys, copied.options, strict=True):
            option.partner = correction.key["partners"].get(str(key), option.partner)
    elif copied.kind is ItemKind.ORDERING:
        for key, option in zip(option_keys, copied.options, strict=True):
            option.position = 1 + correction.key["order"].index(key)
    else:
        right = set(correction.key["right"])
        for key, option in zip(option_keys, copied.options, strict=True):
            option.correct = key in right
        if copied.kind in ONE_OF and len(right) != 1:
            copied.state = ItemState.DRAFT


def _accepted(options: Sequence[ItemOption], told: Sequence[Mapping[str, Any]]) -> list[ItemOption]:
    """What is accepted now, with the feedback of what was accepted before; each blank stays of its form and worth."""
    of_blank, feedback = {option.blank: option for option in options}, {(option.blank, option.text): option.feedback for option in options}
    return [
        ItemOption(
            position=position,
            text=one["text"],
            weight=one["weight"],
            correct=one["weight"] == 100,
            tolerance=one["tolerance"],
            blank=one["blank"],
            form=of_blank[one["blank"]].form,
            worth=of_blank[one["blank"]].worth,
            feedback=feedback.get((one["blank"], one["text"]), ""),
        )
        for position, one in enumerate(told, start=1)
    ]


def _columns(row: Item | ItemOption) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__mapper__.column_attrs if column.key not in OWN}
