"""Forms about offers."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from wtforms import BooleanField, DateField, DecimalField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from core.web.forms import Form, labelled
from core.web.i18n import LOCALES, _l
from hiring.approvals.actions import PlannedStep

NEEDED = _l("This is needed.")


class OfferForm(Form):
    """The terms of an offer and its letter. `planned` are the steps of the approval chain the company wants, if it wants one."""

    planned: Sequence[PlannedStep] = ()

    salary = DecimalField(
        _l("Monthly salary"), [InputRequired(_l("Enter an amount, such as 9500.00.")), NumberRange(Decimal("0.01"), Decimal("9999999.99"))], places=2
    )
    starts_on = DateField(_l("First day"), [InputRequired(NEEDED)])
    expires_on = DateField(_l("Last day to accept"), [InputRequired(NEEDED)])
    location = SelectField(_l("Place of work"), validators=[InputRequired(NEEDED)])
    manager = SelectField(_l("Manager"), validators=[InputRequired(NEEDED)])
    buddy = SelectField(_l("Buddy"))
    approver = SelectField(_l("Approver"), validators=[InputRequired(NEEDED)])
    benefits = TextAreaField(_l("Benefits"), [Length(max=2000)])
    bonus = StringField(_l("Bonus"), [Length(max=300)])
    probation_days = IntegerField(_l("Days of probation"), [Optional()])
    language = SelectField(_l("Language of the letter"), validators=[InputRequired(NEEDED)], choices=labelled(LOCALES))
    letter = TextAreaField(_l("Letter"), [InputRequired(NEEDED), Length(max=20_000)])
    version = IntegerField(validators=[Optional()], widget=HiddenField.widget)


class StepForm(Form):
    """A step of an offer: the version that was seen, and a reason where one is needed."""

    version = IntegerField(validators=[InputRequired()], widget=HiddenField.widget)
    reason = TextAreaField(_l("Reason"), [Length(max=1000)])


class AcceptForm(Form):
    """The candidate's signature."""

    typed_name = StringField(
        _l("Your full name, as your signature"), [InputRequired(_l("Type your name to sign.")), Length(max=120)], render_kw={"autocomplete": "name"}
    )
    agreed = BooleanField(validators=[InputRequired(_l("Tick the box to accept."))])
    sha256 = HiddenField(validators=[Length(max=64)])


class DeclineOfferForm(Form):
    """Why the candidate declines, if they want to say."""

    reason = TextAreaField(_l("Would you tell us why?"), [Length(max=1000)])


class WishForm(Form):
    """What the candidate would like to be different."""

    wish = TextAreaField(_l("What would you like to be different?"), [InputRequired(_l("Say what should be different.")), Length(max=2000)])


class TemplateForm(Form):
    """A letter template."""

    name = StringField(_l("Name"), [InputRequired(NEEDED), Length(max=120)])
    language = SelectField(_l("Language"), validators=[InputRequired(NEEDED)], choices=labelled(LOCALES))
    body = TextAreaField(_l("Letter"), [InputRequired(NEEDED), Length(max=20_000)])


def minor_units(amount: Any) -> int:
    """An amount with two decimals as whole minor units."""
    return int((Decimal(amount) * 100).to_integral_value())
