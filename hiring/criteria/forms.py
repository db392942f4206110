"""Forms for criteria and questions."""

from typing import Any

from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from core.web.forms import Form
from core.web.i18n import _l
from hiring.criteria.asking import option_lines
from hiring.postings.forms import labelled
from hiring.postings.labels import CRITERION_KINDS, QUESTION_KINDS
from hiring.postings.models import Posting, Question, QuestionKind

ACCEPTED = {"": _l("none: not a knock-out"), "yes": _l("Yes"), "no": _l("No")}


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
    options = TextAreaField(_l("Options"), validators=[Length(max=6100)], description=_l("One a line."))
    is_mission = BooleanField(_l("Shows interest in our mission"), description=_l("Answers are shown first when screening."))
    knock_out = BooleanField(
        _l("Knock-out"),
        description=_l("For yes or no, and for one of several. Other answers get a flag that you see; candidates see no difference."),
    )
    accepted = SelectField(_l("Accepted answer"), validators=[Optional()], choices=labelled(ACCEPTED))
    accepted_options = TextAreaField(
        _l("Accepted options"), validators=[Length(max=6100)], description=_l("Of a knock-out: one a line, written as above. All others knock out.")
    )
    knock_out_reason = StringField(
        _l("Why the work needs it"), validators=[Length(max=300)], description=_l("Of a knock-out: kept with every application it concerns.")
    )

    def asked(self) -> dict[str, Any]:
        """What was typed, as the actions take it."""
        kind = QuestionKind(self.kind.data)
        one_of = kind is QuestionKind.ONE_OF
        return {
            "kind": kind,
            "text": self.text.data or "",
            "required": self.required.data,
            "knock_out": self.knock_out.data,
            "accepted": "\n".join(option_lines(self.accepted_options.data)) if one_of else self.accepted.data,
            "is_mission": self.is_mission.data,
            "options": option_lines(self.options.data),
            "knock_out_reason": self.knock_out_reason.data or "",
        }


def question_form(question: Question) -> QuestionForm:
    """The form with a question as it stands, or with what was typed."""
    one_of = question.kind is QuestionKind.ONE_OF
    return QuestionForm(
        data={
            "text": question.text,
            "kind": question.kind.value,
            "required": question.required,
            "options": "\n".join(question.options),
            "is_mission": question.is_mission,
            "knock_out": question.knock_out,
            "accepted": "" if one_of else question.accepted,
            "accepted_options": question.accepted if one_of else "",
            "knock_out_reason": question.knock_out_reason,
        }
    )


class KnockOutForm(Form):
    """What follows a knock-out answer."""

    declines = BooleanField(
        _l("Decline by itself"), description=_l("The candidate is told days later, and until then anybody who decides can take it back.")
    )
    days = IntegerField(_l("Days until the letter"), validators=[InputRequired(), NumberRange(1, 30)])


def knock_out_form(posting: Posting) -> KnockOutForm:
    """The form with the rule as it stands, or with what was typed."""
    return KnockOutForm(prefix="rule", data={"declines": posting.declines_knock_outs, "days": posting.knock_out_days})
