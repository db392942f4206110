"""The form that moves an application."""

from wtforms import SelectField
from wtforms.validators import InputRequired

from core.web.i18n import _l
from hiring.applications.forms import SeenForm


class MoveForm(SeenForm):
    """The stage to which an application goes."""

    stage = SelectField(_l("Move to"), validators=[InputRequired(_l("Choose a stage."))])
