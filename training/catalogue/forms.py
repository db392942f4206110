"""Forms for courses, versions, modules and questions."""

from collections.abc import Mapping
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    IntegerField,
    RadioField,
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
    ValidationError,
)

from core.web.forms import Form
from core.web.i18n import _, _l
from training.catalogue.actions import CourseFields, ExamTerms, VersionChange
from training.catalogue.clauses import Clause
from training.catalogue.labels import AREAS, CHANGE_KINDS, COUNTING, FORMS, LANGUAGES, SHOWN, UNDER_WAY
from training.catalogue.models import ChangeKind, Counting, Course, CourseArea, CourseForm, Shown, UnderWay


def choices(labels: Mapping[Any, Any]) -> list[Any]:
    """What a field offers, from values and their words."""
    return [SelectChoice(str(value), label) for value, label in labels.items()]


class ClauseForm(PlainForm):
    """A regulation a course answers to, and the article of it."""

    regulation = StringField(_l("Regulation"), validators=[Optional(), Length(max=150)])
    article = StringField(_l("Article"), validators=[Optional(), Length(max=60)])

    def validate_article(self, field: StringField) -> None:
        """An article is one of a regulation."""
        if _words(field.data) and not _words(self.regulation.data):
            raise ValidationError(_("Say of which regulation this is the article."))


def _words(text: str | None) -> str:
    return " ".join((text or "").split())


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
    clauses = FieldList(FormField(ClauseForm), min_entries=3, max_entries=20)

    def show(self, course: Course) -> None:
        """Offer a course's clauses for change, and room for one more. Needs `clauses` to be loaded."""
        for place, clause in enumerate(course.clauses):
            if place >= len(self.clauses):
                self.clauses.append_entry()
            self.clauses[place].form.regulation.data, self.clauses[place].form.article.data = clause.regulation, clause.article
        if len(self.clauses) == len(course.clauses) < 20:
            self.clauses.append_entry()

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
            clauses=tuple(Clause(_words(entry.data["regulation"]), _words(entry.data["article"])) for entry in self.clauses),
        )


class TermsForm(Form):
    """How the exam is held."""

    pass_mark = IntegerField(_l("Pass mark, in percent"), validators=[InputRequired(), NumberRange(1, 100)])
    minutes = IntegerField(_l("Time limit, in minutes"), validators=[InputRequired(), NumberRange(1, 600)])
    item_count = IntegerField(_l("Questions drawn for an attempt"), validators=[InputRequired(), NumberRange(1, 200)])
    attempts_allowed = IntegerField(_l("Attempts allowed"), validators=[InputRequired(), NumberRange(1, 50)])
    double_marking = BooleanField(_l("Two people mark each essay and file, neither seeing the other's mark first"))
    marks_may_differ = IntegerField(_l("Points by which the two marks may differ"), default=1, validators=[InputRequired(), NumberRange(0, 100)])
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
    needs_attendance = BooleanField(_l("Open the exam only to those who came to a session of the course"))

    def terms(self) -> ExamTerms:
        """What was entered. Without a field for it, sections say how many questions are drawn."""
        return ExamTerms(
            pass_mark=self.pass_mark.data,
            minutes=self.minutes.data,
            item_count=self.item_count.data if self.item_count else 1,
            attempts_allowed=self.attempts_allowed.data,
            double_marking=bool(self.double_marking.data),
            marks_may_differ=self.marks_may_differ.data,
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
            needs_attendance=bool(self.needs_attendance.data),
        )


class ChangeForm(Form):
    """What a version changes, and what that means for those who are with an earlier one."""

    what_changed = TextAreaField(_l("What changes, and why"), validators=[Optional(), Length(max=2000)])
    change_kind = RadioField(
        _l("What it means for those who completed an earlier version"), choices=choices(CHANGE_KINDS), default=ChangeKind.EDIT.value
    )
    transition_days = IntegerField(_l("Days for the change"), default=30, validators=[InputRequired(), NumberRange(0, 730)])
    under_way = RadioField(_l("Those in the middle of an earlier version"), choices=choices(UNDER_WAY), default=UnderWay.FINISH.value)

    def change(self) -> VersionChange:
        """What was entered."""
        return VersionChange(
            what_changed=self.what_changed.data or "",
            kind=ChangeKind(self.change_kind.data),
            transition_days=self.transition_days.data,
            under_way=UnderWay(self.under_way.data),
        )


class NextVersionForm(Form):
    """Beginning the next version."""

    what_changed = TextAreaField(_l("What changes, and why"), validators=[DataRequired(), Length(max=2000)])


class ReviewForm(Form):
    """Saying that nothing stands against a version."""

    remarks = TextAreaField(_l("Remarks"), validators=[Optional(), Length(max=1000)])


class ApproveForm(Form):
    """Approving a version."""

    in_force_from = DateField(_l("In force from"), validators=[InputRequired()])


class ReasonForm(Form):
    """A reason for what is done."""

    reason = TextAreaField(_l("Reason"), validators=[DataRequired(), Length(max=1000)])
