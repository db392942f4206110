"""Forms of waivers."""

from wtforms import DateField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from core.web.forms import Form
from core.web.i18n import _l
from onboarding.choices import Marked, labelled
from onboarding.waivers.labels import KINDS
from onboarding.waivers.models import WaiverKind


class WaiveForm(Form):
    """Why a task need not be done, and until when."""

    kind = SelectField(_l("What is so"), choices=labelled(KINDS), default=WaiverKind.WAIVED.value, validators=[Marked()])
    why = TextAreaField(_l("Why"), validators=[InputRequired(_l("Say why in a sentence.")), Length(max=1000)])
    until = DateField(_l("Until"), validators=[InputRequired(_l("Choose a day."))])
