"""The form in which a panel's decision is written down."""

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from core.web.forms import Form, labelled
from core.web.i18n import _l
from hiring.debrief.labels import VERDICT_LABELS


class DecisionForm(Form):
    """What the panel decides, and why."""

    seen = HiddenField()
    verdict = RadioField(_l("The panel says"), [InputRequired(_l("Choose what the panel says."))], choices=labelled(VERDICT_LABELS))
    reason = TextAreaField(_l("Why, in what was heard and seen"), [InputRequired(_l("Say why the panel decides so.")), Length(max=4000)])
