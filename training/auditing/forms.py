"""Forms that give an auditor access, and end it."""

from uuid import UUID

from wtforms import DateField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from core.web.forms import Form, pairs
from core.web.i18n import _l
from training.auditing.scope import Scope
from training.evidence.queries import Choices


class Ticks(SelectMultipleField):
    """Boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class AccessForm(Form):
    """Whom, what, until when and why."""

    auditor = SelectField(_l("Auditor"), validators=[InputRequired()])
    reason = TextAreaField(_l("Which audit, and why"), validators=[DataRequired(), Length(max=1000)])
    ends_on = DateField(_l("Access until the end of"), validators=[InputRequired()])
    period_from = DateField(_l("Period from"), validators=[Optional()])
    period_to = DateField(_l("Period until"), validators=[Optional()])
    departments = Ticks(_l("Departments"), validators=[Optional()])
    places = Ticks(_l("Places"), validators=[Optional()])
    regulations = Ticks(_l("Regulations"), validators=[Optional()])
    rules = Ticks(_l("Rules"), validators=[Optional()])

    def offer(self, choices: Choices, *, auditors: list[object]) -> None:
        """Set what can be chosen."""
        self.auditor.choices = pairs(auditors)
        for name in ("departments", "places", "regulations", "rules"):
            self[name].choices = [SelectChoice(value, words) for value, words in getattr(choices, name)]

    def scope(self) -> Scope:
        """The scope as ticked."""
        return Scope(
            departments=frozenset(map(UUID, self.departments.data or ())),
            places=frozenset(map(UUID, self.places.data or ())),
            rules=frozenset(map(UUID, self.rules.data or ())),
            regulations=frozenset(self.regulations.data or ()),
            since=self.period_from.data,
            until=self.period_to.data,
        )


class EndAccessForm(Form):
    """Why it ends."""

    reason = TextAreaField(_l("Why it ends"), validators=[DataRequired(), Length(max=1000)])
