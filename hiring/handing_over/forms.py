"""The form that hands a posting over."""

from wtforms import IntegerField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from core.web.forms import Form
from core.web.i18n import _l

NEEDED = _l("This is needed.")


class HandOverForm(Form):
    """Who runs the posting from now on, and why."""

    recruiter = SelectField(_l("Recruiter"), validators=[InputRequired(NEEDED)])
    hiring_manager = SelectField(_l("Hiring manager"), validators=[InputRequired(NEEDED)])
    reason = TextAreaField(_l("Reason"), [InputRequired(NEEDED), Length(max=1000)])
    version = IntegerField(validators=[InputRequired()], widget=HiddenInput())
