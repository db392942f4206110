"""Forms of accommodations."""

from wtforms import IntegerField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from core.web.forms import Form
from core.web.i18n import _l
from training.accommodations.models import MOST_PERCENT


class ExtraTimeForm(Form):
    """Giving somebody more time in exams."""

    extra_percent = IntegerField(_l("Extra time, in percent of the time limit"), validators=[InputRequired(), NumberRange(1, MOST_PERCENT)])
    reason = TextAreaField(_l("Why extra time is given"), validators=[DataRequired(), Length(max=1000)])
