"""Forms of findings."""

from wtforms import DateField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from core.web.forms import Form, PersonField, labelled
from core.web.i18n import _, _l
from training.evidence.queries import Choices
from training.findings.labels import SEVERITIES
from training.findings.models import Severity


class FindingForm(Form):
    """What was found, what it concerns, and who puts it right by when."""

    text = TextAreaField(_l("What was found"), validators=[DataRequired(), Length(max=4000)])
    severity = SelectField(_l("Severity"), choices=labelled(SEVERITIES), default=Severity.MEDIUM)
    person = PersonField(_l("Person it concerns"), validators=[Length(max=300)])
    rule = SelectField(_l("Rule it concerns"), default="")
    course = SelectField(_l("Course it concerns"), default="")
    owner = PersonField(_l("Owner, who puts it right"), validators=[DataRequired(), Length(max=300)])
    due_on = DateField(_l("By when"), validators=[InputRequired()])

    def offer(self, choices: Choices) -> None:
        """Set what can be chosen."""
        for name, pairs in (("rule", choices.rules), ("course", choices.courses)):
            self[name].choices = [SelectChoice("", _("None")), *(SelectChoice(value, words) for value, words in pairs)]


class MoveForm(Form):
    """A sentence to a step."""

    text = TextAreaField(_l("What was done, or why"), validators=[DataRequired(), Length(max=4000)])
