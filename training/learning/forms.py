"""Forms of learning."""

from wtforms import StringField
from wtforms.validators import Length, Optional

from core.web.forms import Form
from core.web.i18n import _l


class ReadForm(Form):
    """Saying that one has read a module; under a statement, with one's name."""

    typed_name = StringField(_l("Your name"), validators=[Optional(), Length(max=200)])
