"""What a person may read of a graded attempt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from training.exams.drawing import drawn_order
from training.exams.models import Attempt, Response
from training.exams.queries import key_of
from training.items.models import BY_HAND, Item, ItemKind
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
    chosen = set(answer.get("options", ()))
    given = [option for option in item.options if option.id in chosen]
    number = str(answer.get("number", "") or answer.get("text", ""))
    right: tuple[str, ...] | None = None
    feedback: tuple[str, ...] = ()
    if with_keys:
        key = corrected(key_of(item), held)
        if item.kind is ItemKind.NUMERIC:
            right = (key.number,)
        elif item.kind not in BY_HAND:
            right = tuple(option.text for option in item.options if option.id in key.right)
        texts = (item.feedback, *(option.feedback for option in given)) if held is None else ()  # they speak of the faulty key
        feedback = tuple(text for text in texts if text)
    return ResultLine(
        item_id=item.id,
        public_id=item.public_id,
        position=position,
        text=item.text,
        points=item.points,
        earned=Fraction(response.earned) if response is not None and response.earned else Fraction(0),
        given=(number,) if number else tuple(option.text for option in given),
        right=right,
        feedback=feedback,
        correction=None if held is None else held.kind,
    )
