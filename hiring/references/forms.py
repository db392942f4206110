"""The form of a reference."""

from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from core.web.forms import Form
from core.web.i18n import _l


class ReferenceForm(Form):
    """Who was asked, and what they said."""

    referee = StringField(_l("Who was asked"), [InputRequired(_l("Say who it was.")), Length(max=120)])
    relation = StringField(_l("How they worked together"), [Length(max=200)], description=_l("Such as: manager at an earlier bank, 2019 to 2022."))
    text = TextAreaField(_l("What they said"), [InputRequired(_l("Write something first.")), Length(max=5000)])
