"""Forms of learning."""

from wtforms import StringField
from wtforms.validators import DataRequired, Length

from core.web.forms import Form
from core.web.i18n import _l


class ReadForm(Form):
    """Saying that one has read a module."""

    @property
    def name(self) -> str:
        """The name typed under a statement; other modules ask for none."""
        return ""


class ConfirmForm(ReadForm):
    """Confirming a statement with one's name."""

    typed_name = StringField(_l("Your name"), validators=[DataRequired(), Length(max=200)])

    @property
    def name(self) -> str:
        """The name typed under the statement."""
        return self.typed_name.data or ""
