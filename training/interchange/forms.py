"""Forms of files of questions."""

from flask_wtf.file import FileField
from wtforms import BooleanField, TextAreaField
from wtforms.validators import Length, Optional

from core.web.forms import Form
from core.web.i18n import _l


class FileForm(Form):
    """A file of questions, or its text."""

    file = FileField(_l("File"), description=_l("GIFT or Moodle XML, at most 10 MB"))
    text = TextAreaField(_l("Or paste the questions here"), validators=[Optional(), Length(max=200_000)])

    def content(self) -> bytes:
        """What was handed over, the file before the text."""
        upload = self.file.data
        if upload and upload.filename:
            content: bytes = upload.stream.read()
            return content
        return (self.text.data or "").encode()


class TakeOverForm(Form):
    """That the questions shown are to be taken over."""

    leaves_out = BooleanField(_l("Leave out the questions that cannot be asked here"))
