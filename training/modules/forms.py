"""Forms for modules and their pictures."""

from flask_wtf.file import FileField
from wtforms import IntegerField, StringField, TextAreaField, URLField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from core.files.rules import COURSE_PDF
from core.files.videos import ENDINGS
from core.web.forms import Form
from core.web.i18n import _l
from training.catalogue.models import ModuleKind
from training.modules.content import HAS_FILE, ModuleFields
from training.modules.labels import TEXTS


class ModuleForm(Form):
    """A module. Which fields there are goes by its kind."""

    title = StringField(_l("Title"), validators=[DataRequired(), Length(max=150)])
    address = URLField(_l("Address"), validators=[Optional(), Length(max=500)])
    file = FileField(_l("File"))
    text = TextAreaField("", validators=[Optional(), Length(max=60_000)])
    minimum_minutes = IntegerField(_l("Least time to spend with it, in minutes"), default=0, validators=[Optional(), NumberRange(0, 600)])

    def suit(self, kind: ModuleKind) -> None:
        """Leave the fields that a module of this kind has."""
        self.text.label.text = TEXTS[kind]
        if kind is not ModuleKind.LINK:
            del self.address
        if kind not in HAS_FILE:
            del self.file

    @property
    def endings(self) -> str:
        """Which files may be chosen."""
        return f"{COURSE_PDF.endings},{ENDINGS}"

    def fields(self, kind: ModuleKind) -> ModuleFields:
        """What was entered."""
        address = (self.address.data or "") if "address" in self else ""
        return ModuleFields(kind, self.title.data or "", self.text.data or "", address, 60 * (self.minimum_minutes.data or 0))


class PictureForm(Form):
    """A picture for the texts of a version."""

    file = FileField(_l("PNG or JPEG, up to 10 MB"))
    alternative = StringField(_l("What it shows, for who cannot see it"), validators=[InputRequired(), Length(max=300)])
