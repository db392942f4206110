"""Questions that a person marks: how long an essay may be, which files are taken, and the rubric. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import Invalid
from core.files.models import DOCX, JPEG, PDF, PNG
from core.files.rules import ENDINGS, FileRule
from core.web.i18n import _
from training.items.models import BY_HAND, Item, ItemKind

FILE_KINDS: dict[str, tuple[str, str]] = {"pdf": (PDF, "PDF"), "docx": (DOCX, "DOCX"), "png": (PNG, "PNG"), "jpeg": (JPEG, "JPEG")}
LARGEST = 10  # megabytes
MOST_WORDS = 5000
MOST_CRITERIA, MOST_LEVELS, MOST_POINTS = 12, 8, 100
LONGEST = 500


@dataclass(frozen=True)
class Level:
    """How well a criterion may be met, and what that is worth."""

    text: str
    points: int


@dataclass(frozen=True)
class Criterion:
    """One thing an answer is judged by, with its levels in the order written."""

    text: str
    levels: tuple[Level, ...]

    @property
    def best(self) -> int:
        """The most it can earn."""
        return max((level.points for level in self.levels), default=0)


@dataclass(frozen=True)
class ByHand:
    """What a question needs that a person marks. `guidance` is for markers only."""

    criteria: tuple[Criterion, ...] = ()
    guidance: str = ""
    least_words: int = 0
    most_words: int = 0  # 0 for no end
    file_kinds: tuple[str, ...] = ("pdf", "docx")
    file_megabytes: int = LARGEST

    @property
    def points(self) -> int:
        """The most an answer can earn."""
        return sum(criterion.best for criterion in self.criteria)


def by_hand_of(item: Item) -> ByHand:
    """How a question is marked by hand, as it was written."""
    return ByHand(
        criteria=criteria_of(item.criteria),
        guidance=item.rubric,
        least_words=item.least_words,
        most_words=item.most_words,
        file_kinds=tuple(item.file_kinds),
        file_megabytes=item.file_megabytes,
    )


def keep_by_hand(item: Item, by_hand: ByHand | None) -> None:
    """Put into a question how it is marked by hand; nothing for a kind that marks itself. Its points follow from the rubric."""
    kept = by_hand if by_hand is not None and item.kind in BY_HAND else ByHand(file_kinds=())
    is_file = item.kind is ItemKind.FILE
    item.rubric, item.criteria = kept.guidance, as_kept(kept.criteria)
    item.least_words, item.most_words = (0, 0) if is_file else (kept.least_words, kept.most_words)
    item.file_kinds, item.file_megabytes = list(kept.file_kinds) if is_file else [], kept.file_megabytes
    if item.kind in BY_HAND:
        item.points = kept.points


def criteria_of(kept: Iterable[Any]) -> tuple[Criterion, ...]:
    """A rubric as it is kept with a question."""
    return tuple(
        Criterion(one["text"], tuple(Level(level["text"], level["points"]) for level in one["levels"])) for one in kept
    )  # fmt: skip


def as_kept(criteria: Sequence[Criterion]) -> list[dict[str, Any]]:
    """A rubric as it is kept with a question."""
    return [{"text": one.text, "levels": [{"text": level.text, "points": level.points} for level in one.levels]} for one in criteria]


def read_rubric(text: str) -> tuple[Criterion, ...]:
    """A rubric as typed: criteria parted by empty lines, first what is judged, then a level a line with its points before it.

    Raises Invalid, naming the criterion, for what cannot be read so.
    """
    criteria = []
    for block in _blocks(text):
        name, levels = block[0], []
        for line in block[1:]:
            points, _space, words = line.partition(" ")
            if not points.isascii() or not points.isdigit() or not words.strip() or int(points[:4]) > MOST_POINTS:
                raise Invalid(
                    _("“%(criterion)s”: begin every level with its points, such as “2 Names the risk”.", criterion=name[:60]), field="criteria"
                )
            levels.append(Level(words.strip()[:LONGEST], int(points)))
        criteria.append(Criterion(name[:LONGEST], tuple(levels)))
    return tuple(criteria)


def _blocks(text: str) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip():
            blocks[-1].append(line.strip())
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def rubric_text(criteria: Sequence[Criterion]) -> str:
    """A rubric as one types it."""
    return "\n\n".join("\n".join([one.text, *(f"{level.points} {level.text}" for level in one.levels)]) for one in criteria)


def check_by_hand(kind: ItemKind, by_hand: ByHand | None) -> None:
    """Raise Invalid unless an answer of this kind could be given and marked."""
    if by_hand is None or not by_hand.criteria:
        raise Invalid(_("Write the rubric: at least one criterion with its levels."), field="criteria")
    if len(by_hand.criteria) > MOST_CRITERIA or any(len(one.levels) > MOST_LEVELS for one in by_hand.criteria):
        raise Invalid(
            _("A rubric has at most %(criteria)s criteria of %(levels)s levels each.", criteria=MOST_CRITERIA, levels=MOST_LEVELS), field="criteria"
        )
    for one in by_hand.criteria:
        if len({level.points for level in one.levels}) < 2:
            raise Invalid(_("“%(criterion)s”: write at least two levels of different worth.", criterion=one.text[:60]), field="criteria")
    if not 1 <= by_hand.points <= MOST_POINTS:
        raise Invalid(_("The best levels together are worth between 1 and %(most)s points.", most=MOST_POINTS), field="criteria")
    if kind is ItemKind.FILE:
        _check_file(by_hand)
    elif by_hand.most_words and by_hand.most_words < by_hand.least_words:
        raise Invalid(_("The most words cannot be fewer than the fewest."), field="most_words")


def _check_file(by_hand: ByHand) -> None:
    if not by_hand.file_kinds or not set(by_hand.file_kinds) <= set(FILE_KINDS):
        raise Invalid(_("Choose the kinds of file that are taken."), field="file_kinds")
    if not 1 <= by_hand.file_megabytes <= LARGEST:
        raise Invalid(_("A file may have between 1 and %(most)s MB.", most=LARGEST), field="file_megabytes")


def file_rule(kinds: Sequence[str], megabytes: int) -> FileRule:
    """Which files are taken as an answer."""
    known = [FILE_KINDS[kind] for kind in kinds if kind in FILE_KINDS]
    words = _("%(kinds)s, up to %(size)s MB", kinds=", ".join(word for _type, word in known), size=megabytes)
    return FileRule(tuple(content_type for content_type, _word in known), words, megabytes * 1024 * 1024)


def neutral_name(content_type: str) -> str:
    """What a file is called for who marks it: nothing of the name its author gave it."""
    return "answer" + ENDINGS.get(content_type, ("",))[0]


def words_in(text: str) -> int:
    """How many words a text has."""
    return len(text.split())
