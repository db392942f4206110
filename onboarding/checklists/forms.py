"""Forms of checklists."""

from flask_wtf.file import FileField
from wtforms import DateField, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from core.web.forms import Form, PersonField
from core.web.i18n import _l


class HandInForm(Form):
    """A document to hand in."""

    file = FileField(_l("File"))
    valid_until = DateField(_l("Valid until"), validators=[Optional()])


class AcknowledgeForm(Form):
    """A policy, read and acknowledged; `sha256` is of the text that was shown."""

    typed_name = StringField(_l("Your full name"), validators=[InputRequired(_l("Type your name to acknowledge.")), Length(max=200)])
    sha256 = HiddenField()


class ReasonForm(Form):
    """A reason, for sending back, waiving or cancelling."""

    reason = TextAreaField(_l("Reason"), validators=[InputRequired(_l("Say why in a sentence.")), Length(max=1000)])
    version = IntegerField(widget=HiddenInput(), default=0)


class TaskForm(Form):
    """Another title, day or owner for a task of a running checklist."""

    title = StringField(_l("Title"), validators=[InputRequired(_l("A title is needed.")), Length(max=200)])
    due_on = DateField(_l("Due on"), validators=[InputRequired(_l("Choose a day."))])
    owner = PersonField(_l("Who does it"))
    version = IntegerField(widget=HiddenInput(), default=0)
