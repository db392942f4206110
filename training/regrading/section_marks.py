"""Whether the sections of graded attempts reach their pass marks once an item is marked otherwise."""

from collections.abc import Sequence
from fractions import Fraction

from sqlalchemy import ColumnElement, select

from core.db import session
from training.exams.drawing import drawn_sections
from training.exams.models import Attempt, AttemptState, Response
from training.items.models import Item
from training.regrading.corrections import corrections_of
from training.regrading.marks import Correction
from training.regrading.models import CorrectionKind
from training.sections.judging import Mark, sections_reached
from training.sections.queries import pass_marks_of


class SectionMarks:
    """The sections of attempts at an item's version. Nothing is read where no section has a pass mark of its own."""

    def __init__(self, item: Item, wanted: Correction | None, *, among: Sequence[int] | None = None) -> None:
        """`wanted` is the correction of the item, if it is one; `among` are the attempts (inner keys) to look at, all of the version without it."""
        self.item_id, self.pass_marks = item.id, pass_marks_of(item.version_id)
        if not self.pass_marks:
            return
        held = corrections_of(item.version_id) | ({} if wanted is None else {item.id: wanted})
        points = select(Item.id, Item.points).where(Item.version_id == item.version_id).order_by(Item.id)
        self.counted = {key: 0 if key in held and held[key].kind is CorrectionKind.TAKEN_OUT else worth for key, worth in session.execute(points)}
        graded: tuple[ColumnElement[bool], ...] = (Attempt.version_id == item.version_id, Attempt.state == AttemptState.SUBMITTED)
        if among is not None:
            graded = (*graded, Attempt.id.in_(among))
        drawn = session.execute(select(Attempt.id, Attempt.drawn).where(*graded).order_by(Attempt.id))
        self.sections = {attempt_id: drawn_sections(entries) for attempt_id, entries in drawn}
        earned = select(Response.attempt_id, Response.item_id, Response.earned).join(Attempt, Attempt.id == Response.attempt_id).where(*graded)
        self.earned = {(attempt_id, item_id): Fraction(text or 0) for attempt_id, item_id, text in session.execute(earned.order_by(Response.id))}

    def reached(self, attempt_id: int, *, on_item: Fraction) -> bool:
        """Whether the attempt's sections reach their marks when the item earns so much."""
        if not self.pass_marks:
            return True
        marks = [
            Mark(section, on_item if item == self.item_id else self.earned.get((attempt_id, item), Fraction(0)), self.counted[item])
            for item, section in self.sections[attempt_id].items()
        ]
        return sections_reached(marks, self.pass_marks)
