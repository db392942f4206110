"""Forms of documents to sign."""

from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from core.web.forms import Form
from core.web.i18n import _l


class SignForm(Form):
    """A typed name under a text; `sha256` is of the text that was shown."""

    typed_name = StringField(_l("Your full name"), validators=[InputRequired(_l("Type your name to sign.")), Length(max=200)])
    sha256 = HiddenField()
