"""The form of a note."""

from wtforms import IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from core.web.forms import Form
from core.web.i18n import _l
from hiring.notes.actions import LONGEST


class NoteForm(Form):
    """What is noted. `version` is the one that was seen."""

    text = TextAreaField(_l("Note"), [InputRequired(_l("Write something first.")), Length(max=LONGEST)])
    version = IntegerField(validators=[Optional()])
