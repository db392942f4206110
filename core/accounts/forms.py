"""Forms for signing in and passwords."""

from wtforms import BooleanField, EmailField, HiddenField, PasswordField
from wtforms.validators import EqualTo, InputRequired, Length

from core.accounts.passwords import LONGEST
from core.web.forms import Form
from core.web.i18n import _l


class SignInForm(Form):
    """Address and password."""

    email = EmailField(_l("E-mail"), [InputRequired(_l("Enter your e-mail address.")), Length(max=254)], render_kw={"autocomplete": "username"})
    password = PasswordField(
        _l("Password"), [InputRequired(_l("Enter your password.")), Length(max=LONGEST)], render_kw={"autocomplete": "current-password"}
    )
    remember = BooleanField(_l("Keep me signed in on this device"))
    next = HiddenField()


class ForgottenForm(Form):
    """The address to which a link is sent."""

    email = EmailField(_l("E-mail"), [InputRequired(_l("Enter your e-mail address.")), Length(max=254)], render_kw={"autocomplete": "username"})


class NewPasswordForm(Form):
    """A new password, twice."""

    password = PasswordField(_l("New password"), [InputRequired(_l("Enter a password."))], render_kw={"autocomplete": "new-password"})
    again = PasswordField(
        _l("New password again"),
        [InputRequired(_l("Enter the password again.")), EqualTo("password", _l("The two passwords differ."))],
        render_kw={"autocomplete": "new-password"},
    )


class EmptyForm(Form):
    """A button: nothing but the token that proves where it was pressed."""
