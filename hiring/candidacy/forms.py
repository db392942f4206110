"""Forms on a candidate's private page."""

from wtforms import EmailField, StringField, TelField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from core.people.contact import ADDRESS, PHONE
from core.web.forms import Form
from core.web.i18n import _l


class EmptyForm(Form):
    """A button: nothing but the protection against forged requests."""


class WithdrawForm(Form):
    """Taking an application back, with a reason if the candidate likes."""

    reason = TextAreaField(_l("Why, if you want to say"), validators=[Length(max=1000)])


class ContactForm(Form):
    """How the candidate is reached."""

    name = StringField(_l("Full name"), validators=[InputRequired(), Length(max=200)])
    email = EmailField(
        _l("E-mail"), validators=[InputRequired(), Length(max=254), Regexp(ADDRESS, message=_l("This does not look like an e-mail address."))]
    )
    phone = TelField(_l("Phone"), validators=[Optional(), Regexp(PHONE, message=_l("Please use digits, spaces and + only."))])


class NewLinkForm(Form):
    """The address somebody applied with."""

    email = EmailField(
        _l("E-mail you applied with"),
        validators=[InputRequired(), Length(max=254), Regexp(ADDRESS, message=_l("This does not look like an e-mail address."))],
    )
