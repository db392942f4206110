"""What a person may read of a graded attempt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from uuid import UUID

from training.exams.answer_words import feedback_on, given_words, right_words
from training.exams.drawing import drawn_sections
from training.exams.models import Attempt, Response
from training.exams.queries import key_of
from training.exams.showing import Shows
from training.items.models import BY_HAND, Item
from training.regrading.marks import Correction, corrected
from training.regrading.models import CorrectionKind


@dataclass(frozen=True)
class ResultLine:
    """A question with what was answered and earned; the right answer and feedback only where they may be shown."""

    item_id: int
    public_id: UUID
    position: int
    text: str
    points: int
    earned: Fraction
    given: tuple[str, ...]
    right: tuple[str, ...] | None
    feedback: tuple[str, ...]
    picture_words: str | None = None  # None: there is no picture
    sound_words: str | None = None
    section: int | None = None
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
    attempt: Attempt, items: Sequence[Item], responses: Mapping[int, Response], *, held: Mapping[int, Correction], shows: Shows
) -> list[ResultLine]:
    """The questions in the order they were asked, under the corrections that hold."""
    by_id = {item.id: item for item in items}
    return [
        replace(_line(position, by_id[item_id], responses.get(item_id), held.get(item_id), shows=shows), section=section)
        for position, (item_id, section) in enumerate(drawn_sections(attempt.drawn).items(), start=1)
    ]


def _line(position: int, item: Item, response: Response | None, held: Correction | None, *, shows: Shows) -> ResultLine:
    answer = {} if response is None else response.answer
    key = corrected(key_of(item), held)
    feedback: tuple[str, ...] = ()
    if shows.feedback and held is None:  # feedback speaks of the key it was written for
        feedback = tuple(text for text in (item.feedback, *feedback_on(item, key, answer)) if text)
    return ResultLine(
        item_id=item.id,
        public_id=item.public_id,
        position=position,
        text=item.words,
        points=item.points,
        earned=Fraction(response.earned) if response is not None and response.earned else Fraction(0),
        given=given_words(item, key, answer),
        right=right_words(item, key) if shows.answers and item.kind not in BY_HAND else None,
        feedback=feedback,
        picture_words=None if item.picture_id is None else item.picture_words,
        sound_words=None if item.sound_id is None else item.sound_words,
        correction=None if held is None else held.kind,
    )
