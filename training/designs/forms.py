"""The form of a certificate design."""

from collections.abc import Iterable
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from core.files.models import JPEG, PNG
from core.files.rules import FileRule
from core.web.forms import Form, labelled, pairs
from core.web.i18n import LOCALES, _, _l
from training.designs.labels import ORIENTATIONS

LOGO = FileRule((PNG, JPEG), _l("PNG or JPEG, up to 1 MB"), limit=1024 * 1024)


class DesignForm(Form):
    """What a certificate says and looks like."""

    course = SelectField(_l("Course"))
    language = SelectField(_l("Language"), validators=[InputRequired()], choices=labelled(LOCALES))
    orientation = SelectField(_l("Sheet"), validators=[InputRequired()], choices=labelled(ORIENTATIONS))
    heading = StringField(_l("Heading"), [InputRequired(), Length(max=40)])
    body = TextAreaField(_l("Text below the name"), [InputRequired(), Length(max=300)])
    signatories = TextAreaField(_l("Signatories"), [Length(max=300)], description=_l("One a line, name and office parted by a comma. At most three."))
    shows_score = BooleanField(_l("Show the score, where there is one"))
    shows_version = BooleanField(_l("Show the version of the course"))
    logo = FileField(_l("Logo"), description=LOGO.label)

    def offer(self, courses: Iterable[Any]) -> None:
        """Set what can be chosen."""
        self.course.choices = [SelectChoice("", _("Every course without a design of its own")), *pairs(courses, "title")]
