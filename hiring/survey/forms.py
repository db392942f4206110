"""The survey's form: a choice for each question, none of them required."""

from wtforms import RadioField, SubmitField, validators
from wtforms.fields.choices import SelectChoice

from core.web.forms import Form
from core.web.i18n import _l
from hiring.survey.questions import QUESTIONS

NOT_SAID = {"": _l("I prefer not to say")}


class SurveyForm(Form):
    """One field a question is added below."""

    submit = SubmitField(_l("Send my answers"))

    def answers(self) -> dict[str, str]:
        """What was chosen."""
        return {question.name: self[question.name].data or "" for question in QUESTIONS}


for _question in QUESTIONS:
    _choices = [SelectChoice(name, text) for name, text in {**_question.answers, **NOT_SAID}.items()]
    setattr(SurveyForm, _question.name, RadioField(_question.text, choices=_choices, default="", validators=[validators.Optional()]))
