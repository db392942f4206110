"""The survey's form: a scale for each question, and a line to write in."""

from wtforms import RadioField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from core.web.forms import Form
from core.web.i18n import _l
from onboarding.pulse.questions import LONGEST_TEXT, QUESTIONS, SCALE


class PulseForm(Form):
    """One field a question is added below."""

    text = TextAreaField(_l("What should we do better for those who start after you?"), validators=[Length(max=LONGEST_TEXT)])
    submit = SubmitField(_l("Send my answers"))

    def answers(self) -> dict[str, int]:
        """What was chosen."""
        return {name: int(self[name].data) for name in QUESTIONS}


for _name, _text in QUESTIONS.items():
    _choices = [SelectChoice(str(value), word) for value, word in SCALE.items()]
    setattr(PulseForm, _name, RadioField(_text, choices=_choices, validators=[InputRequired(_l("Choose what fits best."))]))
