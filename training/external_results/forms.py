"""Forms of results from elsewhere."""

from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from core.web.forms import Form
from core.web.i18n import _l


class FileForm(Form):
    """A file of results."""

    origin = StringField(_l("Where do these results come from?"), [InputRequired(_l("Say where these results come from.")), Length(max=200)])
    file = FileField(_l("CSV file"), [FileRequired(_l("Choose a file first."))])


class StepForm(Form):
    """Confirming a file, or putting it away."""
