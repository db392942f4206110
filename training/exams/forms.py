"""Forms of exams."""

from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from core.web.forms import Form
from core.web.i18n import _l


class StartForm(Form):
    """Beginning an attempt."""


class AnswersForm(Form):
    """The questions of an attempt; what is answered is read item by item, see `training.exams.answers`."""


class GrantForm(Form):
    """Granting one more attempt."""

    reason = TextAreaField(_l("Why one more attempt is granted"), validators=[DataRequired(), Length(max=1000)])
