"""Forms of the screening pages."""

from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from core.web.forms import Form
from core.web.i18n import _l
from hiring.applications.models import DeclineReason


class MarkForm(Form):
    """One mark for one criterion."""

    criterion = StringField(validators=[InputRequired()])
    mark = IntegerField(_l("Mark"), [InputRequired(_l("Choose a mark from 1 to 4.")), NumberRange(1, 4, _l("Choose a mark from 1 to 4."))])
    note = StringField(_l("Note"), [Optional(), Length(max=1000)])


class DeclineForm(Form):
    """Why an application is declined. The reason stays with the team, the candidate gets a letter."""

    reason = SelectField(_l("Reason"), validators=[InputRequired(_l("Choose a reason."))])
    note = TextAreaField(_l("Note for the team"), [Length(max=2000)])

    def chosen_reason(self) -> DeclineReason:
        """The reason that was chosen."""
        return DeclineReason(self.reason.data)


class ReasonForm(Form):
    """Why something is decided otherwise than before."""

    reason = TextAreaField(_l("Reason"), [InputRequired(_l("Say why.")), Length(max=1000)])
