"""Forms of practical assessments."""

from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange

from core.web.forms import Form
from core.web.i18n import _l
from training.practicals.actions import StandardFields
from training.practicals.judging import CRITICAL
from training.practicals.models import PerformanceStandard

NEEDED = _l("This is needed.")
OUTCOMES = [SelectChoice("yes", _l("Passed")), SelectChoice("no", _l("Not passed"))]


class StandardForm(Form):
    """What a standard says."""

    course = SelectField(_l("Course"), validators=[InputRequired(NEEDED)])
    task = TextAreaField(_l("What the person is asked to do"), [InputRequired(NEEDED), Length(max=2000)])
    criteria = TextAreaField(_l("Criteria, one a line"), [InputRequired(NEEDED), Length(max=10_000)])
    share_needed = IntegerField(_l("Share of the criteria that must be met, percent"), [InputRequired(NEEDED), NumberRange(1, 100)], default=100)
    assessors_needed = SelectField(
        _l("Assessors"), coerce=int, choices=[SelectChoice(1, _l("One")), SelectChoice(2, _l("Two, who do not see each other's sheet"))], default=1
    )

    def fields(self) -> StandardFields:
        """What was typed."""
        return StandardFields(
            task=self.task.data or "",
            criteria=self.criteria.data or "",
            assessors_needed=self.assessors_needed.data,
            share_needed=self.share_needed.data or 100,
        )

    def show(self, standard: PerformanceStandard) -> None:
        """Begin with what stands. Needs `criteria`."""
        self.task.data, self.share_needed.data, self.assessors_needed.data = standard.task, standard.share_needed, standard.assessors_needed
        self.criteria.data = "\n".join(f"{CRITICAL + ' ' if one.is_critical else ''}{one.text}" for one in standard.criteria)


class ArrangeForm(Form):
    """Whom, when and by whom."""

    person = StringField(_l("Who is assessed"), [InputRequired(NEEDED), Length(max=200)])
    held_on = DateField(_l("Day"), [InputRequired(NEEDED)])
    first = StringField(_l("Assessor"), [InputRequired(NEEDED), Length(max=200)])
    second = StringField(_l("Second assessor"), [Length(max=200)])


class SheetForm(Form):
    """What an assessor saw; the criteria are read one by one."""

    comment = TextAreaField(_l("Comment"), [Length(max=2000)])


class DecideForm(Form):
    """Deciding where assessors differ."""

    passed = RadioField(
        _l("Outcome"), [InputRequired(_l("Choose one."))], choices=[SelectChoice("yes", _l("Passed")), SelectChoice("no", _l("Not passed"))]
    )
    reason = TextAreaField(_l("Reason"), [InputRequired(NEEDED), Length(max=1000)])


class CallOffForm(Form):
    """Calling an assessment off."""

    reason = TextAreaField(_l("Reason"), [InputRequired(NEEDED), Length(max=1000)])
