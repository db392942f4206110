"""Forms for questions."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, FieldList, FormField, IntegerField, SelectField, StringField, SubmitField, TextAreaField
from wtforms import Form as PlainForm
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from core.files.rules import IMAGE, SOUND
from core.web.i18n import _l
from training.catalogue.forms import choices
from training.items.content import WRITTEN, ItemDraft, OptionDraft, numeric
from training.items.gaps import read_answers, write_answers
from training.items.hand_forms import ByHandForm
from training.items.labels import BLANK_FORMS, DIFFICULTIES, ITEM_KINDS, STATES
from training.items.models import BY_HAND, BlankForm, Difficulty, Item, ItemKind, ItemOption, ItemState

OPTIONS_OFFERED = 6
GAPS_OFFERED = 3
MOST_OPTIONS, MOST_GAPS = 30, 20
WITHOUT_OPTIONS = frozenset({ItemKind.NUMERIC, ItemKind.ESSAY, ItemKind.FILE})
TYPED = frozenset({ItemKind.SHORT_TEXT, ItemKind.FILL_IN})


class OptionForm(PlainForm):
    """An answer offered or accepted, a pair or a step."""

    text = StringField(_l("Answer"), validators=[Optional(), Length(max=500)])
    partner = StringField(_l("Belongs to it"), validators=[Optional(), Length(max=500)])
    correct = BooleanField(_l("Right"))
    share = IntegerField(_l("Share in percent"), validators=[Optional()])
    feedback = StringField(_l("Feedback"), validators=[Optional(), Length(max=500)])


class GapForm(PlainForm):
    """A blank of the text."""

    form = SelectField(_l("Filled in"), choices=choices(BLANK_FORMS), default=BlankForm.TYPED.value)
    worth = IntegerField(_l("Counts"), default=1, validators=[Optional(), NumberRange(1, 100)])
    answers = TextAreaField(_l("Answers"), validators=[Optional(), Length(max=3000)])


class ItemForm(ByHandForm):
    """A question of the exam."""

    kind = SelectField(_l("Kind"), choices=choices({kind: ITEM_KINDS[kind] for kind in WRITTEN}), validators=[InputRequired()])
    text = TextAreaField(_l("Question"), validators=[DataRequired(), Length(max=3000)])
    points = IntegerField(_l("Points"), default=1, validators=[InputRequired(), NumberRange(1, 100)])
    options = FieldList(FormField(OptionForm), min_entries=OPTIONS_OFFERED, max_entries=MOST_OPTIONS)
    gaps = FieldList(FormField(GapForm), min_entries=GAPS_OFFERED, max_entries=MOST_GAPS)
    case_matters = BooleanField(_l("Upper and lower case matter"))
    accents_matter = BooleanField(_l("Accents matter"))
    answer = StringField(_l("Right number"), validators=[Optional(), Length(max=30)])
    tolerance = StringField(_l("Tolerance"), default="0", validators=[Optional(), Length(max=30)])
    picture = FileField(_l("Picture"), description=IMAGE.label, render_kw={"accept": IMAGE.endings})
    picture_words = TextAreaField(_l("What the picture shows"), validators=[Optional(), Length(max=1000)])
    drops_picture = BooleanField(_l("Take the picture away"))
    sound = FileField(_l("Sound"), description=SOUND.label, render_kw={"accept": SOUND.endings})
    sound_words = TextAreaField(_l("What is heard"), validators=[Optional(), Length(max=3000)])
    drops_sound = BooleanField(_l("Take the sound away"))
    tag = StringField(_l("Tag"), validators=[Optional(), Length(max=60)])
    difficulty = SelectField(_l("Difficulty"), choices=choices(DIFFICULTIES), default=Difficulty.MEDIUM.value, validators=[InputRequired()])
    state = SelectField(_l("State"), choices=choices(STATES), default=ItemState.APPROVED.value, validators=[InputRequired()])
    feedback = TextAreaField(_l("Feedback shown with the result"), validators=[Optional(), Length(max=1000)])

    more = SubmitField(_l("More lines"), render_kw={"formnovalidate": True})

    def grow(self) -> None:
        """Offer more lines than there are."""
        for entries, count, most in ((self.options, 4, MOST_OPTIONS), (self.gaps, 2, MOST_GAPS)):
            for _number in range(min(count, most - len(entries))):
                entries.append_entry()

    def draft(self) -> ItemDraft:
        """What was entered; answers without text are left out."""
        kind = ItemKind(self.kind.data)
        is_number = kind is ItemKind.NUMERIC
        return ItemDraft(
            kind=kind,
            text=self.text.data or "",
            points=self.points.data or 1,
            feedback=self.feedback.data or "",
            answer=numeric(self.answer.data or "") if is_number else "",
            tolerance=(numeric(self.tolerance.data or "0") or "-1") if is_number else "0",
            options=self._gaps() if kind is ItemKind.FILL_IN else self._options(kind),
            tag=(self.tag.data or "").strip(),
            difficulty=Difficulty(self.difficulty.data),
            state=ItemState(self.state.data),
            case_matters=kind in TYPED and bool(self.case_matters.data),
            accents_matter=kind in TYPED and bool(self.accents_matter.data),
            picture_words=self.picture_words.data or "",
            sound_words=self.sound_words.data or "",
            by_hand=self.by_hand() if kind in BY_HAND else None,
        )

    def _options(self, kind: ItemKind) -> list[OptionDraft]:
        if kind in WITHOUT_OPTIONS:
            return []
        drafts = [_option(kind, entry.data) for entry in self.options]
        return [draft for draft in drafts if draft.text or draft.partner]

    def _gaps(self) -> list[OptionDraft]:
        drafts = []
        for number, entry in enumerate(self.gaps, start=1):
            told = entry.data
            drafts += read_answers(told["answers"] or "", blank=number, form=BlankForm(told["form"]), worth=told["worth"] or 1)
        return drafts

    def show(self, item: Item) -> None:
        """Fill the form from a question. Needs its `options` to be loaded."""
        self.kind.data, self.text.data, self.points.data = item.kind.value, item.text, item.points
        self.feedback.data, self.answer.data, self.tolerance.data = item.feedback, item.answer, item.tolerance
        self.tag.data, self.difficulty.data, self.state.data = item.tag, item.difficulty.value, item.state.value
        self.picture_words.data, self.sound_words.data = item.picture_words, item.sound_words
        self.show_by_hand(item)
        self.case_matters.data, self.accents_matter.data = item.case_matters, item.accents_matter
        if item.kind is ItemKind.FILL_IN:
            _fill(self.gaps, _shown_gaps(item))
        else:
            _fill(self.options, [_shown_option(item.kind, option) for option in item.options])


def _option(kind: ItemKind, told: dict[str, Any]) -> OptionDraft:
    text, feedback = (told["text"] or "").strip(), (told["feedback"] or "").strip()
    if kind is ItemKind.SHORT_TEXT:
        weight = 100 if told["share"] is None else int(told["share"])
        return OptionDraft(text, weight == 100, feedback, weight=weight)
    if kind is ItemKind.MATCHING:
        return OptionDraft(text, feedback=feedback, partner=(told["partner"] or "").strip())
    if kind is ItemKind.ORDERING:
        return OptionDraft(text)
    return OptionDraft(text, bool(told["correct"]), feedback)


def _shown_option(kind: ItemKind, option: ItemOption) -> dict[str, Any]:
    shown = {"text": option.text, "correct": option.correct, "feedback": option.feedback, "partner": option.partner}
    return shown | ({"share": option.weight} if kind is ItemKind.SHORT_TEXT else {})


def _shown_gaps(item: Item) -> list[dict[str, Any]]:
    by_blank = {blank: list(options) for blank, options in groupby(item.options, key=lambda option: option.blank)}
    return [_shown_gap(by_blank.get(number, [])) for number in range(1, 1 + max(by_blank, default=0))]


def _shown_gap(options: Sequence[ItemOption]) -> dict[str, Any]:
    if not options:
        return {"answers": ""}
    drafts = [OptionDraft(o.text, feedback=o.feedback, weight=o.weight, form=o.form, tolerance=o.tolerance) for o in options]
    return {"form": options[0].form.value, "worth": options[0].worth, "answers": write_answers(drafts)}


def _fill(entries: Any, wanted: Iterable[dict[str, Any]]) -> None:
    for position, data in enumerate(wanted):
        if position >= len(entries):
            entries.append_entry()
        for name, value in data.items():
            entries[position].form[name].data = value
