"""Forms for questions."""

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, FieldList, FormField, IntegerField, SelectField, StringField, TextAreaField
from wtforms import Form as PlainForm
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from core.web.i18n import _l
from training.catalogue.forms import choices
from training.items.content import WRITTEN, ItemDraft, OptionDraft, numeric
from training.items.hand_forms import ByHandForm
from training.items.labels import DIFFICULTIES, ITEM_KINDS, STATES
from training.items.models import BY_HAND, Difficulty, Item, ItemKind, ItemState

OPTIONS_OFFERED = 6


class OptionForm(PlainForm):
    """An answer offered."""

    text = StringField(_l("Answer"), validators=[Optional(), Length(max=500)])
    correct = BooleanField(_l("Right"))
    feedback = StringField(_l("Feedback"), validators=[Optional(), Length(max=500)])


class ItemForm(ByHandForm):
    """A question of the exam."""

    kind = SelectField(_l("Kind"), choices=choices({kind: ITEM_KINDS[kind] for kind in WRITTEN}), validators=[InputRequired()])
    text = TextAreaField(_l("Question"), validators=[DataRequired(), Length(max=3000)])
    points = IntegerField(_l("Points"), default=1, validators=[InputRequired(), NumberRange(1, 100)])
    options = FieldList(FormField(OptionForm), min_entries=OPTIONS_OFFERED, max_entries=12)
    answer = StringField(_l("Right number"), validators=[Optional(), Length(max=30)])
    tolerance = StringField(_l("Tolerance"), default="0", validators=[Optional(), Length(max=30)])
    tag = StringField(_l("Tag"), validators=[Optional(), Length(max=60)])
    difficulty = SelectField(_l("Difficulty"), choices=choices(DIFFICULTIES), default=Difficulty.MEDIUM.value, validators=[InputRequired()])
    state = SelectField(_l("State"), choices=choices(STATES), default=ItemState.APPROVED.value, validators=[InputRequired()])
    feedback = TextAreaField(_l("Feedback shown with the result"), validators=[Optional(), Length(max=1000)])

    def draft(self) -> ItemDraft:
        """What was entered; answers without text are left out."""
        kind = ItemKind(self.kind.data)
        options = [
            OptionDraft((entry.data["text"] or "").strip(), bool(entry.data["correct"]), (entry.data["feedback"] or "").strip())
            for entry in self.options
        ]
        is_number = kind is ItemKind.NUMERIC
        return ItemDraft(
            kind=kind,
            text=self.text.data or "",
            points=self.points.data or 1,
            feedback=self.feedback.data or "",
            answer=numeric(self.answer.data or "") if is_number else "",
            tolerance=(numeric(self.tolerance.data or "0") or "-1") if is_number else "0",
            options=[] if is_number or kind in BY_HAND else [option for option in options if option.text],
            tag=(self.tag.data or "").strip(),
            difficulty=Difficulty(self.difficulty.data),
            state=ItemState(self.state.data),
            by_hand=self.by_hand() if kind in BY_HAND else None,
        )

    def show(self, item: Item) -> None:
        """Fill the form from a question. Needs its `options` to be loaded."""
        self.kind.data, self.text.data, self.points.data = item.kind.value, item.text, item.points
        self.feedback.data, self.answer.data, self.tolerance.data = item.feedback, item.answer, item.tolerance
        self.tag.data, self.difficulty.data, self.state.data = item.tag, item.difficulty.value, item.state.value
        self.show_by_hand(item)
        _fill(self.options, [{"text": o.text, "correct": o.correct, "feedback": o.feedback} for o in item.options])


def _fill(entries: Any, wanted: Iterable[dict[str, Any]]) -> None:
    for position, data in enumerate(wanted):
        if position >= len(entries):
            entries.append_entry()
        for name, value in data.items():
            entries[position].form[name].data = value
