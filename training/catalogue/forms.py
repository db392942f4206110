"""Forms for courses, versions, modules and questions."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    Regexp,
)

from core.web.forms import Form
from core.web.i18n import _l
from training.catalogue.actions import CourseFields, ExamTerms
from training.catalogue.content import ItemDraft, OptionDraft, numeric
from training.catalogue.labels import AREAS, FORMS, ITEM_KINDS, LANGUAGES
from training.catalogue.models import CourseArea, CourseForm, Item, ItemKind

OPTIONS_OFFERED = 6


def _choices(labels: Mapping[Any, Any]) -> list[Any]:
    return [SelectChoice(str(value), label) for value, label in labels.items()]


class DescribeForm(Form):
    """What describes a course."""

    title = StringField(_l("Title"), validators=[DataRequired(), Length(max=150)])
    code = StringField(
        _l("Code"), validators=[DataRequired(), Length(max=20), Regexp(r"^[A-Za-z0-9-]+$", message=_l("Letters, digits and dashes only."))]
    )
    summary = TextAreaField(_l("Summary"), validators=[Optional(), Length(max=600)])
    area = SelectField(_l("Area"), choices=_choices(AREAS), validators=[InputRequired()])
    form = SelectField(_l("Form"), choices=_choices(FORMS), validators=[InputRequired()])
    duration_minutes = IntegerField(_l("Minutes it takes"), default=60, validators=[InputRequired(), NumberRange(1, 6000)])
    language = SelectField(_l("Language"), choices=_choices(LANGUAGES), validators=[InputRequired()])
    regulation = StringField(_l("Regulation it answers to"), validators=[Optional(), Length(max=200)])

    def fields(self) -> CourseFields:
        """What was entered."""
        return CourseFields(
            title=self.title.data or "",
            code=(self.code.data or "").upper(),
            summary=self.summary.data or "",
            area=CourseArea(self.area.data),
            form=CourseForm(self.form.data),
            duration_minutes=self.duration_minutes.data or 60,
            language=self.language.data,
            regulation=self.regulation.data or "",
        )


class TermsForm(Form):
    """How the exam is held."""

    what_changed = TextAreaField(_l("What changes in this version, and why"), validators=[Optional(), Length(max=2000)])
    pass_mark = IntegerField(_l("Pass mark, in percent"), validators=[InputRequired(), NumberRange(1, 100)])
    minutes = IntegerField(_l("Time limit, in minutes"), validators=[InputRequired(), NumberRange(1, 600)])
    item_count = IntegerField(_l("Questions drawn for an attempt"), validators=[InputRequired(), NumberRange(1, 200)])
    attempts_allowed = IntegerField(_l("Attempts allowed"), validators=[InputRequired(), NumberRange(1, 50)])
    cool_down_hours = IntegerField(_l("Hours to wait after a failed attempt"), validators=[InputRequired(), NumberRange(0, 720)])
    partial_credit = BooleanField(_l("Give part of the points for part of the right answers"))

    def terms(self) -> ExamTerms:
        """What was entered."""
        return ExamTerms(
            pass_mark=self.pass_mark.data,
            minutes=self.minutes.data,
            item_count=self.item_count.data,
            attempts_allowed=self.attempts_allowed.data,
            cool_down_hours=self.cool_down_hours.data,
            partial_credit=bool(self.partial_credit.data),
        )


class ModuleForm(Form):
    """A module to read."""

    title = StringField(_l("Title"), validators=[DataRequired(), Length(max=150)])
    text = TextAreaField(_l("Text, in Markdown"), validators=[DataRequired(), Length(max=60_000)])


class OptionForm(PlainForm):
    """An answer offered."""

    text = StringField(_l("Answer"), validators=[Optional(), Length(max=500)])
    correct = BooleanField(_l("Right"))
    feedback = StringField(_l("Feedback"), validators=[Optional(), Length(max=500)])


class ItemForm(Form):
    """A question of the exam."""

    kind = SelectField(_l("Kind"), choices=_choices(ITEM_KINDS), validators=[InputRequired()])
    text = TextAreaField(_l("Question"), validators=[DataRequired(), Length(max=3000)])
    points = IntegerField(_l("Points"), default=1, validators=[InputRequired(), NumberRange(1, 100)])
    options = FieldList(FormField(OptionForm), min_entries=OPTIONS_OFFERED, max_entries=12)
    answer = StringField(_l("Right number"), validators=[Optional(), Length(max=30)])
    tolerance = StringField(_l("Tolerance"), default="0", validators=[Optional(), Length(max=30)])
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
            options=[] if is_number else [option for option in options if option.text],
        )

    def show(self, item: Item) -> None:
        """Fill the form from a question. Needs its `options` to be loaded."""
        self.kind.data, self.text.data, self.points.data = item.kind.value, item.text, item.points
        self.feedback.data, self.answer.data, self.tolerance.data = item.feedback, item.answer, item.tolerance
        _fill(self.options, [{"text": o.text, "correct": o.correct, "feedback": o.feedback} for o in item.options])


def _fill(entries: Any, wanted: Iterable[dict[str, Any]]) -> None:
    for position, data in enumerate(wanted):
        if position >= len(entries):
            entries.append_entry()
        for name, value in data.items():
            entries[position].form[name].data = value


class NextVersionForm(Form):
    """Beginning the next version."""

    what_changed = TextAreaField(_l("What changes, and why"), validators=[DataRequired(), Length(max=2000)])


class ApproveForm(Form):
    """Approving a version."""

    in_force_from = DateField(_l("In force from"), validators=[InputRequired()])


class ReasonForm(Form):
    """A reason for what is done."""

    reason = TextAreaField(_l("Reason"), validators=[DataRequired(), Length(max=1000)])
