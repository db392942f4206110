"""Forms for rules."""

from collections.abc import Iterable
from typing import Any

from wtforms import DateField, FieldList, FormField, IntegerField, SelectField, StringField, TextAreaField
from wtforms import Form as Row
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
from training.compliance.audience import Condition, Match
from training.compliance.expiry import Recurrence, RuleClock
from training.compliance.labels import RECURRENCES
from training.requirements.choosing import Choosable
from training.requirements.wording import MATCHES

EVERYBODY = "everybody"
ROWS = 5  # of conditions


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


class ConditionRow(Row):
    """A condition on whom a rule asks; without what it asks for there is none."""

    joins = SelectField(_l("How it counts"), choices=labelled(MATCHES), default=Match.ALL.value)
    asked = SelectField(_l("Condition"), default="")


class RuleForm(TermsForm):
    """A new rule."""

    job_role = SelectField(_l("Who"), validators=[InputRequired()])
    conditions = FieldList(FormField(ConditionRow), label=_l("Conditions"), min_entries=ROWS, max_entries=ROWS)
    course = SelectField(_l("Course"), validators=[InputRequired()])

    def offer(self, *, choosable: Choosable, courses: Iterable[Any]) -> None:
        """Set what can be chosen."""
        self.job_role.choices = [SelectChoice(EVERYBODY, _("Everybody employed")), *pairs(choosable.job_roles)]
        self.course.choices = pairs(courses, "title")
        choices = choosable.choices()
        for row in self.conditions:
            row.form.asked.choices = choices

    def asked(self, choosable: Choosable) -> list[Condition]:
        """The conditions chosen."""
        return [choosable.condition(row.form.joins.data, row.form.asked.data) for row in self.conditions if row.form.asked.data]


class ReviseForm(TermsForm):
    """A change of a rule."""

    reason = TextAreaField(_l("Why the rule changes"), validators=[DataRequired(), Length(max=1000)])


class EndForm(Form):
    """The end of a rule."""

    last_day = DateField(_l("Last day in effect"), validators=[InputRequired()])
    reason = TextAreaField(_l("Why the rule ends"), validators=[DataRequired(), Length(max=1000)])
