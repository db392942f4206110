"""Forms of messages and documents."""

from flask_wtf.file import FileField
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from core.files.rules import DOCUMENT
from core.web.forms import Form
from core.web.i18n import _l
from hiring.messages.actions import LONGEST


class MessageForm(Form):
    """A message."""

    text = TextAreaField(_l("Message"), [InputRequired(_l("Write something first.")), Length(max=LONGEST)])


class RequestForm(Form):
    """Which document is needed."""

    title = StringField(
        _l("Document"), [InputRequired(_l("Say which document you need.")), Length(max=120)], description=_l("Such as: certificate CPA-20.")
    )


class HandInForm(Form):
    """The document."""

    file = FileField(_l("File"), description=DOCUMENT.label)
