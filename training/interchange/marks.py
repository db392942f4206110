"""What questions here have and the files have no place for: it travels in tags, such as `difficulty:hard`. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from core.web.i18n import _
from training.interchange.questions import Question
from training.items.content import ItemDraft
from training.items.models import Difficulty, Item, ItemState

TAG_LENGTH = 60
_DIFFICULTY = "difficulty:"
_DRAFT = "state:draft"
_CASE, _ACCENTS = "case:matters", "accents:matter"


def tags_of(item: Item) -> tuple[str, ...]:
    """The tags of a question: its own first."""
    told = [item.tag] if item.tag else []
    if item.difficulty is not Difficulty.MEDIUM:
        told.append(_DIFFICULTY + item.difficulty.value)
    told += [tag for tag, is_so in ((_DRAFT, item.state is ItemState.DRAFT), (_CASE, item.case_matters), (_ACCENTS, item.accents_matter)) if is_so]
    return tuple(told)


def with_tags(draft: ItemDraft, question: Question) -> tuple[ItemDraft, list[str]]:
    """The draft with what the tags of the question say, and sentences on those that are not kept. Without a tag its category is one."""
    own, difficulty = list[str](), draft.difficulty
    for tag in question.tags:
        if tag.startswith(_DIFFICULTY) and tag.removeprefix(_DIFFICULTY) in set(Difficulty):
            difficulty = Difficulty(tag.removeprefix(_DIFFICULTY))
        elif tag not in (_DRAFT, _CASE, _ACCENTS):
            own.append(tag)
    told = own[0] if own else question.category.rpartition("/")[2]
    draft = replace(
        draft,
        tag=told.strip()[:TAG_LENGTH],
        difficulty=difficulty,
        state=ItemState.DRAFT if _DRAFT in question.tags else draft.state,
        case_matters=draft.case_matters or _CASE in question.tags,
        accents_matter=_ACCENTS in question.tags,
    )
    return draft, _notes(own)


def _notes(own: Sequence[str]) -> list[str]:
    notes = []
    if len(own) > 1:
        notes.append(str(_("Of its tags only the first is kept; these are not: %(tags)s.", tags=", ".join(own[1:]))))
    if own and len(own[0]) > TAG_LENGTH:
        notes.append(str(_("Its tag is cut to %(length)s characters.", length=TAG_LENGTH)))
    return notes
