"""What an exam's sections ask of the pool, and whether the pool can give it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.web.i18n import _
from training.exams.drawing import Drawable, Wanted, lacking
from training.items.models import Item, ItemState
from training.sections.labels import draw_words
from training.sections.models import ExamSection

if TYPE_CHECKING:
    from training.catalogue.models import CourseVersion


def wanted_by(sections: Sequence[ExamSection]) -> list[Wanted]:
    """What the sections draw, in order. Needs `draws` to be loaded."""
    return [Wanted(section.id, draw.item_count, draw.tag, draw.difficulty) for section in sections for draw in section.draws]


def pool_of(items: Sequence[Item]) -> list[Drawable]:
    """The items that may be drawn: drafts never are."""
    return [Drawable(item.id, item.kind, (), item.tag, item.difficulty) for item in items if item.state is ItemState.APPROVED]


def missing_from_pool(version: "CourseVersion") -> list[str]:
    """Sentences about questions the exam draws and the pool does not hold. Needs `items` and `sections` to be loaded."""
    pool = pool_of(version.items)
    if not version.sections:
        if len(pool) >= version.item_count:
            return []
        return [_("The exam draws %(count)s questions, but there are only %(there)s.", count=version.item_count, there=len(pool))]
    names = {section.id: section.title for section in version.sections}
    sentences = []
    for line, _given in lacking(pool, wanted_by(version.sections)):
        fitting = sum(line.takes(item) for item in pool)
        section, asked = names.get(line.section or 0, ""), draw_words(line.count, line.tag, line.difficulty)
        if fitting < line.count:
            sentence = _(
                "Section “%(section)s” draws %(asked)s, but of those only %(there)s can be drawn.", section=section, asked=asked, there=fitting
            )
        else:
            sentence = _("Section “%(section)s” draws %(asked)s, but other sections draw the same ones: write more.", section=section, asked=asked)
        sentences.append(sentence)
    return sentences
