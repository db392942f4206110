"""Forms for criteria and questions."""

from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from core.web.forms import Form
from core.web.i18n import _l
from hiring.postings.forms import labelled
from hiring.postings.labels import CRITERION_KINDS, QUESTION_KINDS


class CriterionForm(Form):
    """Something candidates are compared by."""

    text = StringField(_l("Criterion"), validators=[InputRequired(), Length(max=200)], description=_l("Such as: three years with business clients."))
    kind = SelectField(_l("Kind"), validators=[InputRequired()], choices=labelled(CRITERION_KINDS))
    must_have = BooleanField(_l("Must have"), description=_l("Without it nobody advances."))
    weight = IntegerField(_l("Weight"), default=3, validators=[InputRequired(), NumberRange(1, 5)], description=_l("1 is nice to have, 5 decides."))
    evidence = TextAreaField(_l("What shows it"), validators=[Length(max=1000)], description=_l("In a résumé, or in an interview."))


class QuestionForm(Form):
    """A question for candidates."""

    text = StringField(_l("Question"), validators=[InputRequired(), Length(max=300)])
    kind = SelectField(_l("Answer"), validators=[InputRequired()], choices=labelled(QUESTION_KINDS))
    required = BooleanField(_l("Has to be answered"), default=True)
    knock_out = BooleanField(
        _l("Knock-out"), description=_l("Other answers get a flag that you see. Nobody is declined by it, and candidates see no difference.")
    )
    accepted = SelectField(_l("Accepted answer"), choices=labelled({"": _l("none: not a knock-out"), "yes": _l("Yes"), "no": _l("No")}))
    is_mission = BooleanField(_l("Shows interest in our mission"), description=_l("Answers are shown first when screening."))
