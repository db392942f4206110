"""Forms of the screening pages."""

from datetime import datetime, timedelta
from typing import Any

from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from core.clock import now
from core.web.forms import Form, labelled
from core.web.i18n import _l
from hiring.applications.forms import SeenForm
from hiring.applications.labels import DECLINE_REASONS, in_days
from hiring.applications.models import DeclineReason

TELL_DAYS = (0, 1, 2, 3, 7)


class MarkForm(Form):
    """One mark for one criterion."""

    criterion = StringField(validators=[InputRequired()])
    mark = IntegerField(_l("Mark"), [InputRequired(_l("Choose a mark from 1 to 4.")), NumberRange(0, 4, _l("Choose a mark from 1 to 4."))])  # 0: none
    note = StringField(_l("Note"), [Optional(), Length(max=1000)])


class DeclineForm(SeenForm):
    """Why an application is declined. The reason stays with the team, the candidate gets a letter."""

    reason = SelectField(_l("Reason"), validators=[InputRequired(_l("Choose a reason."))])
    tell_days = SelectField(_l("The letter goes out"), coerce=int, choices=[], default=0, validators=[Optional()])
    note = TextAreaField(_l("Note for the team"), [Length(max=2000)])

    def chosen_reason(self) -> DeclineReason:
        """The reason that was chosen."""
        return DeclineReason(self.reason.data)

    def tell_at(self) -> datetime | None:
        """When the candidate is told; None: at once."""
        return now() + timedelta(days=self.tell_days.data) if self.tell_days.data else None


def decline_form(**kept: Any) -> DeclineForm:
    """The form with its choices. A rule's reason is not for people to choose."""
    form = DeclineForm(**kept)
    form.reason.choices = [choice for choice in labelled(DECLINE_REASONS) if choice.value != DeclineReason.KNOCK_OUT.value]
    form.tell_days.choices = [SelectChoice(days, in_days(days)) for days in TELL_DAYS]
    return form


class ReasonForm(Form):
    """Why something is decided otherwise than before."""

    reason = TextAreaField(_l("Reason"), [InputRequired(_l("Say why.")), Length(max=1000)])
