"""Forms of certificates."""

from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from core.web.forms import Form
from core.web.i18n import _l


class RevokeForm(Form):
    """Taking a certificate back."""

    reason = TextAreaField(_l("Reason, shown to whoever checks the certificate"), validators=[DataRequired(), Length(max=500)])


class ReissueForm(Form):
    """Issuing a certificate anew."""

    reason = TextAreaField(_l("Why it is issued anew"), validators=[DataRequired(), Length(max=500)])
