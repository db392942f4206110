"""Forms of the calendar page."""

from wtforms import SelectField
from wtforms.validators import InputRequired

from core.calendars.labels import ANSWER_LABELS
from core.calendars.models import Answer
from core.web.forms import Form
from core.web.i18n import _l

ANSWERS = (Answer.ACCEPTED, Answer.TENTATIVE, Answer.DECLINED)


class AnswerForm(Form):
    """Will you come?"""

    answer = SelectField(_l("Your answer"), choices=[(answer.value, ANSWER_LABELS[answer]) for answer in ANSWERS], validators=[InputRequired()])


class FeedForm(Form):
    """Make a private calendar address: nothing to fill in."""
