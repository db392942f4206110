"""Forms of exams."""

from wtforms import BooleanField, StringField
from wtforms.validators import Length, Optional

from core.web.forms import Form
from core.web.i18n import _l


class StartForm(Form):
    """Beginning an attempt."""

    honour = BooleanField(_l("I confirm this"))
    code = StringField(_l("Access code"), validators=[Optional(), Length(max=60)])


class AnswersForm(Form):
    """The questions of an attempt; what is answered is read item by item, see `training.exams.answers`."""
