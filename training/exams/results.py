"""What a person may read of a graded attempt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from training.exams.drawing import drawn_order
from training.exams.models import Attempt, Response
from training.exams.queries import key_of
from training.exams.showing import feedback_on, given_words, right_words
from training.items.models import Item
from training.regrading.marks import Correction, corrected
from training.regrading.models import CorrectionKind


@dataclass(frozen=True)
class ResultLine:
    """A question with what was answered and earned; the right answer and feedback only where they may be shown."""

    position: int
    text: str
    points: int
    earned: Fraction
    given: tuple[str, ...]
    right: tuple[str, ...] | None
    feedback: tuple[str, ...]
    item_id: UUID | None = None
    picture_words: str | None = None  # None: there is no picture
    sound_words: str | None = None
    correction: CorrectionKind | None = None  # how the question was put right after the exam was written

    @property
    def is_right(self) -> bool:
        """Whether all points were earned."""
        return self.earned == self.points

    @property
    def is_taken_out(self) -> bool:
        """Whether it counts for nobody."""
        return self.correction is CorrectionKind.TAKEN_OUT


def result_lines(
    attempt: Attempt, items: Sequence[Item], responses: Mapping[int, Response], *, held: Mapping[int, Correction], with_keys: bool
) -> list[ResultLine]:
    """The questions in the order they were asked, under the corrections that hold."""
    by_id = {item.id: item for item in items}
    return [
        _line(position, by_id[item_id], responses.get(item_id), held.get(item_id), with_keys=with_keys)
        for position, item_id in enumerate(drawn_order(attempt.drawn), start=1)
    ]


def _line(position: int, item: Item, response: Response | None, held: Correction | None, *, with_keys: bool) -> ResultLine:
    answer = {} if response is None else response.answer
    key = corrected(key_of(item), held)
    feedback: tuple[str, ...] = ()
    if with_keys and held is None:  # feedback speaks of the key it was written for
        feedback = tuple(text for text in (item.feedback, *feedback_on(item, key, answer)) if text)
    return ResultLine(
        position=position,
        text=item.words,
        points=item.points,
        earned=Fraction(response.earned) if response is not None and response.earned else Fraction(0),
        given=given_words(item, key, answer),
        right=right_words(item, key) if with_keys else None,
        feedback=feedback,
        item_id=item.public_id,
        picture_words=None if item.picture_id is None else item.picture_words,
        sound_words=None if item.sound_id is None else item.sound_words,
        correction=None if held is None else held.kind,
    )
