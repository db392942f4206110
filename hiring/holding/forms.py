"""The form of a hold."""

from wtforms import DateField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from core.web.forms import Form
from core.web.i18n import _l


class HoldForm(Form):
    """Why an application waits, and until when."""

    reason = TextAreaField(_l("Why it waits"), [InputRequired(_l("Say why it waits.")), Length(max=1000)])
    until = DateField(_l("Until"), [Optional()], description=_l("Left open, it waits until somebody takes it up."))
