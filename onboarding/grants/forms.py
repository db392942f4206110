"""Forms of what is handed over."""

from wtforms import StringField
from wtforms.validators import Length

from core.web.forms import Form
from core.web.i18n import _l


class GrantForm(Form):
    """Which one was handed over."""

    note = StringField(_l("Which one"), validators=[Length(max=200)])
