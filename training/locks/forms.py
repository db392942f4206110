"""Forms of locked exams."""

from wtforms import IntegerField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from core.web.forms import Form
from core.web.i18n import _l
from training.locks.actions import MOST_AT_ONCE


class GrantForm(Form):
    """Granting more attempts."""

    attempts = IntegerField(_l("Attempts to grant"), default=1, validators=[InputRequired(), NumberRange(1, MOST_AT_ONCE)])
    reason = TextAreaField(_l("Why they are granted"), validators=[DataRequired(), Length(max=1000)])
