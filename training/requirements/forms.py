"""Forms for rules."""

from collections.abc import Iterable
from typing import Any

from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
)

from core.web.forms import Form, labelled, pairs
from core.web.i18n import _, _l
from training.compliance.expiry import Recurrence, RuleClock
from training.compliance.labels import RECURRENCES

EVERYBODY = "everybody"


class TermsForm(Form):
    """What a rule asks for."""

    due_days = IntegerField(_l("Due, in days after the start in the role"), default=30, validators=[InputRequired(), NumberRange(0, 3650)])
    valid_months = IntegerField(_l("Valid for how many months"), validators=[Optional(), NumberRange(1, 240)])
    window_days = IntegerField(_l("Renewing loses no validity in the last days of it"), default=30, validators=[InputRequired(), NumberRange(0, 365)])
    grace_days = IntegerField(_l("Days of grace after it was due"), default=0, validators=[Optional(), NumberRange(0, 365)])
    recurrence = SelectField(_l("Counted again from"), choices=labelled(RECURRENCES), default=Recurrence.COMPLETION)
    calendar_from = DateField(_l("First day of the first calendar period"), validators=[Optional()])
    source = StringField(_l("Source: regulation and clause"), validators=[Optional(), Length(max=300)])
    effective_from = DateField(_l("In effect from"), validators=[InputRequired()])

    def clock(self) -> RuleClock:
        """How the rule counts, as typed."""
        return RuleClock(self.grace_days.data or 0, Recurrence(self.recurrence.data), self.calendar_from.data)


class RuleForm(TermsForm):
    """A new rule."""

    job_role = SelectField(_l("Who"), validators=[InputRequired()])
    course = SelectField(_l("Course"), validators=[InputRequired()])

    def offer(self, *, job_roles: Iterable[Any], courses: Iterable[Any]) -> None:
        """Set what can be chosen."""
        self.job_role.choices = [SelectChoice(EVERYBODY, _("Everybody employed")), *pairs(job_roles)]
        self.course.choices = pairs(courses, "title")


class ReviseForm(TermsForm):
    """A change of a rule."""

    reason = TextAreaField(_l("Why the rule changes"), validators=[DataRequired(), Length(max=1000)])


class EndForm(Form):
    """The end of a rule."""

    last_day = DateField(_l("Last day in effect"), validators=[InputRequired()])
    reason = TextAreaField(_l("Why the rule ends"), validators=[DataRequired(), Length(max=1000)])
