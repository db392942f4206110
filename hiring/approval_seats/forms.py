"""The form that names somebody else for a seat."""

from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from core.web.forms import Form
from core.web.i18n import _l

NEEDED = _l("This is needed.")


class NameApproverForm(Form):
    """Who decides instead, and why."""

    person = SelectField(_l("Who decides instead"), validators=[InputRequired(NEEDED)])
    reason = TextAreaField(_l("Reason"), [InputRequired(NEEDED), Length(max=1000)])
