"""Forms of goals."""

from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from core.errors import Invalid
from core.web.forms import Form
from core.web.i18n import _l
from onboarding.choices import labelled
from onboarding.goals.actions import Smart
from onboarding.goals.figures import hundredths
from onboarding.goals.labels import KPIS
from onboarding.goals.models import GoalVersion, Kpi

NEEDED = _l("This is needed.")


class GoalForm(Form):
    """A goal that is specific, measurable, attainable, relevant and has a day."""

    specific = StringField(_l("Specific: what is to be reached"), validators=[InputRequired(_l("Say what is to be reached.")), Length(max=300)])
    kpi = SelectField(_l("Measured by"), choices=labelled(KPIS), validators=[InputRequired(NEEDED)])
    start = StringField(_l("Where it starts"), validators=[Length(max=30)])
    target = StringField(_l("Target"), validators=[InputRequired(NEEDED), Length(max=30)])
    unit = StringField(_l("Unit"), validators=[InputRequired(_l("Name the unit, such as percent or clients.")), Length(max=30)])
    lower_is_better = BooleanField(_l("Less is better"))
    attainable = TextAreaField(
        _l("Attainable: why it can be reached"), validators=[InputRequired(_l("Say why it can be reached.")), Length(max=1000)]
    )
    relevant = TextAreaField(_l("Relevant: what it is good for"), validators=[InputRequired(_l("Say what it is good for.")), Length(max=1000)])
    due_on = DateField(_l("By when"), validators=[InputRequired(_l("Choose a day."))])
    weight = IntegerField(
        _l("Weight of 100"), validators=[InputRequired(NEEDED), NumberRange(1, 100, _l("A goal weighs from 1 to 100."))], default=25
    )

    def smart(self) -> Smart:
        """What was typed. Raises Invalid at the figure that is none."""
        return Smart(
            specific=self.specific.data,
            kpi=Kpi(self.kpi.data),
            unit=self.unit.data,
            target=_figure(self.target.data, "target"),
            start=_figure(self.start.data, "start") if self.start.data else None,
            lower_is_better=bool(self.lower_is_better.data),
            attainable=self.attainable.data,
            relevant=self.relevant.data,
            due_on=self.due_on.data,
            weight=self.weight.data,
        )


def goal_form(version: GoalVersion | None) -> GoalForm:
    """The form, filled with a version."""
    if version is None:
        return GoalForm()
    names = ("specific", "unit", "lower_is_better", "attainable", "relevant", "due_on", "weight")
    known = {name: getattr(version, name) for name in names}
    figures = {name: "" if getattr(version, name) is None else f"{getattr(version, name) / 100:.2f}" for name in ("start", "target")}
    return GoalForm(**known, **figures, kpi=version.kpi.value)


class AnswerForm(Form):
    """Agreement or refusal of a version."""

    number = HiddenField()
    reason = TextAreaField(_l("Reason"), validators=[Length(max=1000)])

    @property
    def read(self) -> int:
        """The version that was read."""
        return int(self.number.data) if str(self.number.data or "").isdigit() else 0


class ActualForm(Form):
    """What was reached on a day."""

    on = DateField(_l("Day"), validators=[InputRequired(_l("Choose a day."))])
    value = StringField(_l("Figure"), validators=[InputRequired(NEEDED), Length(max=30)])

    def figure(self) -> int:
        """The figure. Raises Invalid when it is none."""
        return _figure(self.value.data, "value")


class FiguresForm(Form):
    """A file of figures, or its lines."""

    file = FileField(_l("CSV file"))
    text = TextAreaField(_l("Or paste the lines"), validators=[Length(max=100_000)])


def _figure(text: str, field: str) -> int:
    try:
        return hundredths(text)
    except Invalid as refusal:
        raise Invalid(refusal.sentence, field=field) from None
