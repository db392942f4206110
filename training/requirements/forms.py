"""Forms for rules."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, DateField, FieldList, FormField, IntegerField, SelectField, StringField, TextAreaField
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
from training.catalogue.models import Course
from training.compliance.audience import Match
from training.compliance.expiry import Recurrence, RuleClock
from training.compliance.labels import RECURRENCES
from training.compliance.terms import Combination, DueFrom, RuleTerms, VersionPolicy
from training.requirements.choosing import Choosable
from training.requirements.drafts import RuleDraft
from training.requirements.wording import COMBINATIONS, DUE_FROM, MATCHES, VERSION_POLICIES

EVERYBODY = "everybody"
ROWS = 5  # of conditions


def _days(label: Any, most: int, default: int | None = None) -> IntegerField:
    return IntegerField(label, default=default, validators=[Optional(), NumberRange(0, most)])


class TermsForm(Form):
    """What a rule asks for."""

    due_from = SelectField(_l("Counted from"), choices=labelled(DUE_FROM), default=DueFrom.AUDIENCE)
    due_days = IntegerField(_l("Due, in days after the start in the role"), default=30, validators=[InputRequired(), NumberRange(0, 3650)])
    fixed_due_on = DateField(_l("Due on, if that is a fixed day"), validators=[Optional()])
    minimum_notice_days = _days(_l("At least so many days' notice"), 365)
    opens_days = _days(_l("Opens so many days before it is due"), 3650)
    grace_days = _days(_l("Days of grace after it was due"), 365, 0)
    access_days = _days(_l("Closes so many days after grace"), 3650)
    valid_months = IntegerField(_l("Valid for how many months"), validators=[Optional(), NumberRange(1, 240)])
    window_days = IntegerField(_l("Renewing loses no validity in the last days of it"), default=30, validators=[InputRequired(), NumberRange(0, 365)])
    recurrence = SelectField(_l("Counted again from"), choices=labelled(RECURRENCES), default=Recurrence.COMPLETION)
    calendar_from = DateField(_l("First day of the first calendar period"), validators=[Optional()])
    look_back_days = _days(_l("Count what was completed so many days before it was asked"), 36500)
    version_policy = SelectField(_l("When a new version comes into force"), choices=labelled(VERSION_POLICIES), default=VersionPolicy.ANY)
    version_days = _days(_l("Days to complete the new version"), 3650, 30)
    regulation = StringField(_l("Regulation"), validators=[Optional(), Length(max=200)])
    clause = StringField(_l("Article or clause"), validators=[Optional(), Length(max=100)])
    effective_from = DateField(_l("In effect from"), validators=[InputRequired()])

    def clock(self) -> RuleClock:
        """How the rule recurs, as typed."""
        return RuleClock(self.grace_days.data or 0, Recurrence(self.recurrence.data), self.calendar_from.data)

    def terms(self, combines: Combination = Combination.COURSE) -> RuleTerms:
        """How the rule counts beyond that, as typed."""
        return RuleTerms(
            combines=combines,
            due_from=DueFrom(self.due_from.data),
            fixed_due_on=self.fixed_due_on.data,
            minimum_notice_days=self.minimum_notice_days.data,
            opens_days=self.opens_days.data,
            access_days=self.access_days.data,
            look_back_days=self.look_back_days.data,
            version_policy=VersionPolicy(self.version_policy.data),
            version_days=30 if self.version_days.data is None else self.version_days.data,
        )


class ConditionRow(Row):
    """A condition on whom a rule asks; without what it asks for there is none."""

    joins = SelectField(_l("How it counts"), choices=labelled(MATCHES), default=Match.ALL.value)
    asked = SelectField(_l("Condition"), default="")


class RuleForm(TermsForm):
    """A new rule."""

    job_role = SelectField(_l("Who"), validators=[InputRequired()])
    conditions = FieldList(FormField(ConditionRow), label=_l("Conditions"), min_entries=ROWS, max_entries=ROWS)
    course = SelectField(_l("Course"), validators=[InputRequired()])
    combines = SelectField(_l("What must be completed"), choices=labelled(COMBINATIONS), default=Combination.COURSE)
    also = FieldList(SelectField(_l("Further course"), default=""), label=_l("Further courses"), min_entries=ROWS, max_entries=ROWS)
    title = StringField(_l("Name of the list or curriculum"), validators=[Optional(), Length(max=120)])
    stricter_counts = BooleanField(_l("Where another rule asks the same people with another validity, the stricter counts"))

    def offer(self, *, choosable: Choosable, courses: Sequence[Course]) -> None:
        """Set what can be chosen."""
        self.job_role.choices = [SelectChoice(EVERYBODY, _("Everybody employed")), *pairs(choosable.job_roles)]
        self.course.choices = pairs(courses, "title")
        choices, further = choosable.choices(), [SelectChoice("", _("None")), *pairs(courses, "title")]
        for row in self.conditions:
            row.form.asked.choices = choices
        for field in self.also:
            field.choices = further

    def draft(self, choosable: Choosable, courses: Sequence[Course]) -> RuleDraft:
        """The rule as typed. The form has been validated."""
        by_id = {str(row.public_id): row for row in courses}
        return RuleDraft(
            course=by_id[self.course.data],
            job_role=next((row for row in choosable.job_roles if str(row.public_id) == self.job_role.data), None),
            due_days=self.due_days.data,
            valid_months=self.valid_months.data,
            effective_from=self.effective_from.data,
            window_days=self.window_days.data,
            clock=self.clock(),
            conditions=[choosable.condition(row.form.joins.data, row.form.asked.data) for row in self.conditions if row.form.asked.data],
            terms=self.terms(Combination(self.combines.data)),
            also=[by_id[field.data] for field in self.also if field.data],
            title=(self.title.data or "") if self.combines.data != Combination.COURSE else "",
            regulation=self.regulation.data or "",
            clause=self.clause.data or "",
            stricter_counts=bool(self.stricter_counts.data),
        )


class ReviseForm(TermsForm):
    """A change of a rule."""

    reason = TextAreaField(_l("Why the rule changes"), validators=[DataRequired(), Length(max=1000)])


class EndForm(Form):
    """The end of a rule."""

    last_day = DateField(_l("Last day in effect"), validators=[InputRequired()])
    reason = TextAreaField(_l("Why the rule ends"), validators=[DataRequired(), Length(max=1000)])
