"""Forms of reminders."""

from wtforms import BooleanField, IntegerField, SelectField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from core.web.forms import Form
from core.web.i18n import _l
from onboarding.choices import chosen_from

_DAYS = InputRequired(_l("Enter a number of days."))


class ReminderForm(Form):
    """When others hear of late tasks."""

    escalate_after_days = IntegerField(_l("Days late before the manager of the owner is told"), validators=[_DAYS])
    hr_after_days = IntegerField(_l("Days late before human resources is told"), validators=[_DAYS])
    soon_days = IntegerField(_l("Days ahead on which tasks are announced"), validators=[_DAYS])
    version = IntegerField(widget=HiddenInput(), default=0)


class DigestForm(Form):
    """How a person wants their daily mail."""

    hour = SelectField(_l("Not before"), choices=chosen_from((str(hour), f"{hour:02}:00") for hour in range(5, 12)))
    wants_soon = BooleanField(_l("Tell me what is due soon"))
    wants_others = BooleanField(_l("Tell me what is late with those who report to me"))
    on_weekends = BooleanField(_l("Also on weekends and holidays"))
