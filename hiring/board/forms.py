"""The form that moves an application."""

from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, Optional

from core.web.forms import Form
from core.web.i18n import _l


class MoveForm(Form):
    """The stage to which an application goes."""

    stage = SelectField(_l("Move to"), validators=[InputRequired(_l("Choose a stage."))])
    version = IntegerField(validators=[Optional()])
