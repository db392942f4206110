"""The form with which a photo is put up."""

from flask_wtf.file import FileField, FileRequired

from core.web.forms import Form
from core.web.i18n import _l


class PhotoForm(Form):
    """A picture of oneself."""

    file = FileField(_l("Picture"), validators=[FileRequired(_l("Choose a file first."))])
