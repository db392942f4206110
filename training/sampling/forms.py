"""Forms of samples."""

from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from core.web.forms import Form, labelled
from core.web.i18n import _, _l
from training.compliance.filtering import ComplianceFilter
from training.evidence.queries import Choices
from training.sampling.labels import STRATA, VERDICTS
from training.sampling.models import Stratum


class SampleForm(Form):
    """What for, of whom and what, how many."""

    purpose = StringField(_l("What the sample is for"), validators=[DataRequired(), Length(max=300)])
    on_day = DateField(_l("Population as of"), validators=[InputRequired()])
    size = IntegerField(_l("How many lines"), default=25, validators=[InputRequired(), NumberRange(1, 500)])
    stratified_by = SelectField(_l("Divided by"), choices=labelled(STRATA), default=Stratum.NONE)
    department = SelectField(_l("Department"), default="")
    role = SelectField(_l("Job role"), default="")
    manager = SelectField(_l("Manager"), default="")
    rule = SelectField(_l("Rule"), default="")
    regulation = SelectField(_l("Regulation"), default="")
    seed = StringField(_l("Seed"), validators=[Optional(), Length(max=64)])

    def offer(self, choices: Choices) -> None:
        """Set what can be chosen."""
        lists = {"department": choices.departments, "role": choices.roles, "manager": choices.managers}
        for name, pairs in {**lists, "rule": choices.rules, "regulation": choices.regulations}.items():
            self[name].choices = [SelectChoice("", _("All")), *(SelectChoice(value, words) for value, words in pairs)]

    def wanted(self) -> ComplianceFilter:
        """The filter as chosen."""
        return ComplianceFilter(department=self.department.data or "", role=self.role.data or "", manager=self.manager.data or "")

    def named(self) -> dict[str, str]:
        """The filter in words, only what was chosen."""
        told = {}
        for name in ("department", "role", "manager", "rule", "regulation"):
            if self[name].data:
                told[str(self[name].label.text)] = str(next(choice.label for choice in self[name].choices if choice.value == self[name].data))
        return told


class CheckForm(Form):
    """What checking a line came to."""

    verdict = SelectField(_l("Result"), choices=labelled(VERDICTS), validators=[InputRequired()])
    note = TextAreaField(_l("Note"), validators=[Optional(), Length(max=2000)])
