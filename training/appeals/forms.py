"""Forms of appeals."""

from wtforms import BooleanField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from core.web.forms import Form
from core.web.i18n import _l

NEEDED = _l("Say what should be looked at again, and why.")
OUTCOMES = [SelectChoice("yes", _l("Upheld")), SelectChoice("no", _l("Not upheld"))]


class AppealForm(Form):
    """What should be looked at again."""

    item = SelectField(_l("What is it about?"))
    text = TextAreaField(
        _l("What should be looked at again, and why?"), [InputRequired(_l("Say what should be looked at again, and why.")), Length(max=3000)]
    )


class DecideForm(Form):
    """The decision and its answer."""

    upheld = RadioField(_l("Decision"), [InputRequired(_l("Choose one."))], choices=OUTCOMES)
    answer = TextAreaField(_l("Answer"), [InputRequired(_l("Write the answer the person is to read.")), Length(max=3000)])
    grants_attempt = BooleanField(_l("Grant one more attempt"))


class WithdrawForm(Form):
    """Taking an appeal back."""
