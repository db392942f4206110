"""Forms of blind screening."""

from wtforms import IntegerField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from core.web.forms import Form
from core.web.i18n import _l
from hiring.blind.actions import MOST_SCREENERS


class ScreeningForm(Form):
    """How the applications to a posting are screened. The view hands in the stages."""

    named_from = SelectField(
        _l("Names are shown"), description=_l("Until then name, contact, address, age, schools and the file itself stay hidden from everybody.")
    )
    screeners = IntegerField(
        _l("People who mark each application"),
        validators=[InputRequired(), NumberRange(1, MOST_SCREENERS)],
        description=_l("With two or more, nobody sees the marks of the others before having marked every criterion."),
    )


class RevealForm(Form):
    """Why a name has to be known before its time."""

    reason = TextAreaField(_l("Reason"), [InputRequired(_l("Say why the name has to be known now.")), Length(max=1000)])
