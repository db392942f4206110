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
from training.catalogue.labels import AREAS, COUNTING, FORMS, LANGUAGES, SHOWN
from training.catalogue.models import Counting, CourseArea, CourseForm, Shown


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
    cool_down_hours = IntegerField(_l("Hours to wait after a failed attempt"), validators=[InputRequired(), NumberRange(0, 720)])
    partial_credit = BooleanField(_l("Give part of the points for part of the right answers"))
    penalty_percent = IntegerField(
        _l("Points a wrong answer costs, in percent of the question's"), default=0, validators=[InputRequired(), NumberRange(0, 100)]
    )
    counting = SelectField(_l("Which attempt counts"), choices=choices(COUNTING), validators=[InputRequired()])
    score_shown = SelectField(_l("The score is shown"), choices=choices(SHOWN), validators=[InputRequired()])
    correctness_shown = SelectField(_l("Which answers were right is shown"), choices=choices(SHOWN), validators=[InputRequired()])
    answers_shown = SelectField(_l("The right answers are shown"), choices=choices(SHOWN), validators=[InputRequired()])
    feedback_shown = SelectField(_l("Feedback is shown"), choices=choices(SHOWN), validators=[InputRequired()])
    honour_statement = TextAreaField(_l("Statement to confirm before an attempt"), validators=[Optional(), Length(max=2000)])
    logs_focus = BooleanField(_l("Write down when somebody leaves the exam's page"))

    def terms(self) -> ExamTerms:
        """What was entered. Without a field for it, sections say how many questions are drawn."""
        return ExamTerms(
            pass_mark=self.pass_mark.data,
            minutes=self.minutes.data,
            item_count=self.item_count.data if self.item_count else 1,
            attempts_allowed=self.attempts_allowed.data,
            cool_down_hours=self.cool_down_hours.data,
            partial_credit=bool(self.partial_credit.data),
            penalty_percent=self.penalty_percent.data,
            counting=Counting(self.counting.data),
            score_shown=Shown(self.score_shown.data),
            correctness_shown=Shown(self.correctness_shown.data),
            answers_shown=Shown(self.answers_shown.data),
            feedback_shown=Shown(self.feedback_shown.data),
            honour_statement=self.honour_statement.data or "",
            logs_focus=self.logs_focus.data,
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
