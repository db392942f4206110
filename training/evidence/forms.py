"""The form that asks for an evidence pack."""

from wtforms import DateField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from core.web.forms import Form
from core.web.i18n import _, _l
from training.evidence.queries import Choices
from training.evidence.wanted import EvidenceFilter


class PackForm(Form):
    """Whom and what, in which days."""

    since = DateField(_l("Period from"), validators=[InputRequired()])
    until = DateField(_l("Period until"), validators=[InputRequired()])
    known_on = DateField(_l("As known on"), validators=[Optional()])
    department = SelectField(_l("Department"), default="")
    place = SelectField(_l("Place"), default="")
    role = SelectField(_l("Job role"), default="")
    manager = SelectField(_l("Manager"), default="")
    course = SelectField(_l("Course"), default="")
    rule = SelectField(_l("Rule"), default="")
    regulation = SelectField(_l("Regulation"), default="")

    def offer(self, choices: Choices) -> None:
        """Set what can be chosen."""
        lists = {
            "department": choices.departments, "place": choices.places, "role": choices.roles, "manager": choices.managers,
            "course": choices.courses, "rule": choices.rules, "regulation": choices.regulations,
        }  # fmt: skip
        for name, pairs in lists.items():
            self[name].choices = [SelectChoice("", _("All")), *(SelectChoice(value, words) for value, words in pairs)]

    def wanted(self) -> EvidenceFilter:
        """The filter as chosen."""
        names = ("department", "place", "role", "manager", "course", "rule", "regulation")
        return EvidenceFilter(**{name: self[name].data or "" for name in names})

    def named(self) -> dict[str, str]:
        """The filter in words, only what was chosen."""
        told = {}
        for field in self:
            if isinstance(field, SelectField) and field.data:
                told[str(field.label.text)] = str(next(choice.label for choice in field.choices if choice.value == field.data))
        return told
