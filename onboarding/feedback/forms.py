"""Forms of feedback."""

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from core.web.forms import Form
from core.web.i18n import _l
from onboarding.choices import labelled
from onboarding.feedback.labels import SIGHTS
from onboarding.feedback.models import Sight

WHOM = _l("Choose a colleague.")


class AnswerForm(Form):
    """What is said, and who reads it."""

    text = TextAreaField(_l("What you saw, and what it did"), validators=[InputRequired(_l("Write a sentence: what you saw, and what it did."))])
    sight = RadioField(_l("Who reads it"), choices=labelled(SIGHTS), default=Sight.PRIVATE.value, validators=[InputRequired()])


class GiveForm(AnswerForm):
    """Feedback to a colleague."""

    to = SelectField(_l("For whom"), validators=[InputRequired(WHOM)])


class AskForm(Form):
    """A question to a colleague."""

    of = SelectField(_l("Whom you ask"), validators=[InputRequired(WHOM)])
    question = TextAreaField(_l("What you would like to know"), validators=[InputRequired(_l("Say what you would like to know.")), Length(max=1000)])
