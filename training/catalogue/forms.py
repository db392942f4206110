"""Forms for courses, versions, modules and questions."""

from collections.abc import Mapping
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
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
from training.catalogue.labels import AREAS, FORMS, LANGUAGES
from training.catalogue.models import CourseArea, CourseForm


def choices(labels: Mapping[Any, Any]) -> list[Any]:
    """What a field offers, from values and their words."""
    return [SelectChoice(str(value), label) for value, label in labels.items()]


class DescribeForm(Form):
    """What describes a course."""

    title = StringField(_l("Title"), validators=[DataRequired(), Length(max=150)])
    code = StringField(
        _l("Code"), validators=[DataRequired(), Length(max=20), Regexp(r"^[A-Za-z0-9-]+$", message=_l("Letters, digits and dashes only."))]
    )
    summary = TextAreaField(_l("Summary"), validators=[Optional(), Length(max=600)])
    area = SelectField(_l("Area"), choices=choices(AREAS), validators=[InputRequired()])
    form = SelectField(_l("Form"), choices=choices(FORMS), validators=[InputRequired()])
    duration_minutes = IntegerField(_l("Minutes it takes"), default=60, validators=[InputRequired(), NumberRange(1, 6000)])
    language = SelectField(_l("Language"), choices=choices(LANGUAGES), validators=[InputRequired()])
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
    double_marking = BooleanField(_l("Two people mark each essay and file, neither seeing the other's mark first"))
    marks_may_differ = IntegerField(_l("Points by which the two marks may differ"), default=1, validators=[InputRequired(), NumberRange(0, 100)])
    cool_down_hours = IntegerField(_l("Hours to wait after a failed attempt"), validators=[InputRequired(), NumberRange(0, 720)])
    partial_credit = BooleanField(_l("Give part of the points for part of the right answers"))

    def terms(self) -> ExamTerms:
        """What was entered."""
        return ExamTerms(
            pass_mark=self.pass_mark.data,
            minutes=self.minutes.data,
            item_count=self.item_count.data,
            attempts_allowed=self.attempts_allowed.data,
            double_marking=bool(self.double_marking.data),
            marks_may_differ=self.marks_may_differ.data,
            cool_down_hours=self.cool_down_hours.data,
            partial_credit=bool(self.partial_credit.data),
        )


class ModuleForm(Form):
    """A module to read."""

    title = StringField(_l("Title"), validators=[DataRequired(), Length(max=150)])
    text = TextAreaField(_l("Text, in Markdown"), validators=[DataRequired(), Length(max=60_000)])


class NextVersionForm(Form):
    """Beginning the next version."""

    what_changed = TextAreaField(_l("What changes, and why"), validators=[DataRequired(), Length(max=2000)])


class ApproveForm(Form):
    """Approving a version."""

    in_force_from = DateField(_l("In force from"), validators=[InputRequired()])


class ReasonForm(Form):
    """A reason for what is done."""

    reason = TextAreaField(_l("Reason"), validators=[DataRequired(), Length(max=1000)])
